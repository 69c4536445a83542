package org.dl4jsnn.internal.kernel;

import java.util.Optional;

/**
 * A block's weights as whole numbers from −127 to 127 times a power of two for every channel, which
 * is how quantisation leaves them. Sums of such weights are exact in any order.
 */
public final class EightBitWeights {

  /** How many of them a sum in 16 bits takes. */
  public static final int MOST_SUMMANDS = 256;

  /** The largest whole number. */
  private static final int LARGEST = 127;

  /** The bits of a float that are zero in such a number: all but seven of the significand's. */
  private static final int MUST_BE_ZERO = (1 << 17) - 1;

  private final float[] weights;
  private final int rows;
  private final int width;
  private final float[] scale;

  private EightBitWeights(float[] weights, int rows, int width, float[] scale) {
    this.weights = weights;
    this.rows = rows;
    this.width = width;
    this.scale = scale;
  }

  /**
   * Looks whether weights are of eight bits.
   *
   * @param weights rows of {@code width} weights from {@link KernelProvider#FIRST_WEIGHT} on
   * @param rows rows of weights
   * @param width channels of the block
   * @return the weights, or empty if they are not
   */
  public static Optional<EightBitWeights> of(float[] weights, int rows, int width) {
    int first = KernelProvider.FIRST_WEIGHT;
    int end = first + rows * width;
    for (int i = first; i < end; i++) {
      if ((Float.floatToRawIntBits(weights[i]) & MUST_BE_ZERO) != 0) {
        return Optional.empty();
      }
    }
    float[] scale = scale(weights, rows, width);
    float[] inverse = new float[width];
    for (int channel = 0; channel < width; channel++) {
      inverse[channel] = 1 / scale[channel];
      if (!(scale[channel] >= Float.MIN_NORMAL && inverse[channel] >= Float.MIN_NORMAL)) {
        return Optional.empty();
      }
    }
    for (int row = first; row < end; row += width) {
      for (int channel = 0; channel < width; channel++) {
        float number = weights[row + channel] * inverse[channel];
        if (number != (int) number) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new EightBitWeights(weights, rows, width, scale));
  }

  /** For every channel the smallest power of two that the largest number is enough for. */
  private static float[] scale(float[] weights, int rows, int width) {
    float[] scale = new float[width];
    for (int row = 0; row < rows; row++) {
      int first = KernelProvider.FIRST_WEIGHT + row * width;
      for (int channel = 0; channel < width; channel++) {
        scale[channel] = Math.max(scale[channel], Math.abs(weights[first + channel]));
      }
    }
    for (int channel = 0; channel < width; channel++) {
      scale[channel] = scale[channel] == 0 ? 1 : scale(scale[channel]);
    }
    return scale;
  }

  /** The smallest power of two that is at least a hundred-and-twenty-seventh of a magnitude. */
  private static float scale(float largest) {
    float power = Math.scalb(1f, Math.getExponent(largest) - 6);
    return largest > LARGEST * power ? 2 * power : power;
  }

  /**
   * What a whole number of 1 stands for.
   *
   * @return the factor of every channel, a power of two
   */
  public float[] scale() {
    return scale;
  }

  /**
   * Whether membranes stay multiples of the factors: a potential that neurons are set to, or that
   * is taken from them or added.
   *
   * @param potential the potential
   * @return true if it is a multiple of every factor
   */
  public boolean divide(float potential) {
    for (float one : scale) {
      float number = potential / one;
      if (number != (int) number) {
        return false;
      }
    }
    return true;
  }

  /**
   * The same of a potential for every channel.
   *
   * @param potentials one a channel
   * @return true if each is a multiple of its channel's factor
   */
  public boolean divide(float[] potentials) {
    for (int channel = 0; channel < potentials.length; channel++) {
      float number = potentials[channel] / scale[channel];
      if (number != (int) number) {
        return false;
      }
    }
    return true;
  }

  /**
   * The whole numbers, two to an int: in the lower half that of a channel in an even vector, in the
   * upper half that of the same lane in the next.
   *
   * @param lanes channels of a vector
   * @return rows of pairs from {@link KernelProvider#FIRST_WEIGHT} on
   */
  public int[] pairs(int lanes) {
    int perRow = (width / lanes + 1) / 2 * lanes;
    int[] pairs = new int[KernelProvider.FIRST_WEIGHT + Math.multiplyExact(rows, perRow)];
    for (int row = 0; row < rows; row++) {
      int from = KernelProvider.FIRST_WEIGHT + row * width;
      int to = KernelProvider.FIRST_WEIGHT + row * perRow;
      for (int channel = 0; channel < width; channel++) {
        int number = (int) (weights[from + channel] / scale[channel]);
        int vector = channel / lanes;
        pairs[to + vector / 2 * lanes + channel % lanes] += number << vector % 2 * Short.SIZE;
      }
    }
    return pairs;
  }
}
