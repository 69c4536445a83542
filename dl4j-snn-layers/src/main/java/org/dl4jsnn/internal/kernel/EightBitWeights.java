package org.dl4jsnn.internal.kernel;

/**
 * A block's weights as whole numbers from −127 to 127 times a power of two per channel, as
 * quantisation produces them. Sums of such weights are exact in any order.
 *
 * @param pairs two weights per int, in the layout of the kernel of {@link KernelProvider}
 * @param scale the value of the whole number 1 in every channel
 * @param sums the sum of every channel's magnitudes; 0 for channels without weights, which fit any
 *     grid
 */
public record EightBitWeights(int[] pairs, float[] scale, float[] sums) {

  /** The range of whole numbers in single precision, less a margin for rounding of the sums. */
  private static final double EXACT = 0.99 * (1 << 24);

  /** The number of weights that fit into a 16-bit sum. */
  public static final int MOST_SUMMANDS = 256;

  /** The largest whole number. */
  private static final int LARGEST = 127;

  /**
   * The smallest power of two that is at least a hundred-and-twenty-seventh of a magnitude.
   *
   * @param magnitude the largest of a channel's weights
   * @return the value of 1; 1 if all weights are zero
   */
  public static float scale(float magnitude) {
    if (magnitude == 0) {
      return 1;
    }
    float power = Math.scalb(1f, Math.getExponent(magnitude) - 6);
    return magnitude > LARGEST * power ? 2 * power : power;
  }

  /**
   * Whether membranes stay multiples of the powers of two with a potential that neurons are set to,
   * or that is subtracted or added.
   *
   * @param potential the potential
   * @return true if it is a multiple of each of them
   */
  boolean divide(float potential) {
    for (int channel = 0; channel < scale.length; channel++) {
      if (!divides(channel, potential)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The same for a potential per channel.
   *
   * @param potentials one per channel, or empty
   * @return true if each is a multiple of its channel's power of two
   */
  boolean divide(float[] potentials) {
    for (int channel = 0; channel < potentials.length; channel++) {
      if (!divides(channel, potentials[channel])) {
        return false;
      }
    }
    return true;
  }

  private boolean divides(int channel, float potential) {
    float number = potential / scale[channel];
    return sums[channel] == 0 || number == (int) number;
  }

  /**
   * Whether every membrane potential stays exact in single precision, whatever the order of
   * additions.
   *
   * @param potential a bound on the potentials that neurons start from or are set to, or that are
   *     subtracted
   * @param bias one per channel, or empty
   * @param steps T
   * @return false if one may need more than 24 bits
   */
  boolean stayExact(float potential, float[] bias, int steps) {
    for (int channel = 0; channel < scale.length; channel++) {
      double perStep = sums[channel] + (bias.length == 0 ? 0 : Math.abs(bias[channel]));
      if (sums[channel] != 0 && potential + steps * perStep > EXACT * scale[channel]) {
        return false;
      }
    }
    return true;
  }
}
