package org.dl4jsnn.internal.kernel;

import java.util.Arrays;
import java.util.Optional;

/**
 * The weights of a block of channels as whole numbers of a byte times a power of two per channel,
 * as {@code WeightQuantization} rounds them. Kernels read a quarter of the memory for them and add
 * twice as many at once.
 *
 * <p>They are used only where sums of floats are exact in any order, so that spikes and membranes
 * are the same to the last bit: if initial membranes, biases and resets are multiples of the same
 * powers of two, too, nothing leaks, and no membrane can grow to 2²⁴ times its power of two.
 */
public final class WholeWeights {

  /** Index of the first weight of a kernel's array: at the start of a cache line, if one is. */
  public static final int FIRST_WEIGHT = AlignedFloats.OFFSET * Float.BYTES;

  private static final int MAGNITUDE_BITS = Byte.SIZE - 1;

  /** What a number in the lower byte of a pair is stored with, so that it has no sign. */
  public static final int ADDED = 1 << MAGNITUDE_BITS;

  /** So many bytes without a sign add up to 16 bits. */
  private static final int EVENTS_OF_BYTES = 257;

  /** Bits of a float below its highest one. */
  private static final int MANTISSA_BITS = 23;

  /** Whole numbers that single precision holds exactly are below this. */
  private static final double EXACT = 1 << 24;

  /** The scale of a channel of zeros: no other weight, if one comes, is a multiple of it. */
  private static final float NO_WEIGHTS = 0x1p100f;

  private final float[] weights;
  private final int rows;
  private final float[] scales;

  /** The largest magnitude of a whole number. */
  private final int largest;

  /** The most steps whose sums are certainly exact, with amplitudes of 1. */
  private final int exactCharges;

  /** Laid out late: training, which adds up what resets take, never reads them. */
  private volatile byte[] paired;

  private WholeWeights(float[] weights, int rows, float[] bias, float[] scales, KernelNeuron rule) {
    this.weights = weights;
    this.rows = rows;
    this.scales = scales;
    int[] sums = new int[scales.length];
    int most = 0;
    for (int row = 0; row < rows; row++) {
      for (int channel = 0; channel < sums.length; channel++) {
        int magnitude = Math.abs(whole(row, channel));
        most = Math.max(most, magnitude);
        sums[channel] += magnitude;
      }
    }
    double charges = Integer.MAX_VALUE;
    for (int channel = 0; channel < sums.length; channel++) {
      if (sums[channel] > 0) {
        double added = bias.length == 0 ? 0 : bias[channel];
        charges = Math.min(charges, exactCharges(sums[channel], added, scales[channel], rule));
      }
    }
    this.largest = most;
    this.exactCharges = (int) charges;
  }

  /**
   * A block's weights as whole numbers; empty if they are others, or sums of their charges are not
   * exact.
   *
   * @param weights rows of one weight per channel from {@link KernelProvider#FIRST_WEIGHT} on
   * @param width the channels of a row
   * @param bias one value per channel, or an empty array for none
   */
  static Optional<WholeWeights> of(
      float[] weights, int rows, int width, float[] bias, KernelNeuron rule) {
    if (rule.leak() != 1 || (long) rows << MAGNITUDE_BITS > Integer.MAX_VALUE) {
      return Optional.empty();
    }
    int[] highest = new int[width];
    int[] lowest = new int[width];
    Arrays.fill(highest, Float.MIN_EXPONENT);
    Arrays.fill(lowest, Math.min(lowestBit(rule.initialMembrane()), lowestBit(reset(rule))));
    for (int i = 0; i < rows * width; i++) {
      float weight = weights[KernelProvider.FIRST_WEIGHT + i];
      int channel = i % width;
      highest[channel] = Math.max(highest[channel], Math.getExponent(weight));
      lowest[channel] = Math.min(lowest[channel], lowestBit(weight));
      if (highest[channel] - lowest[channel] >= MAGNITUDE_BITS) {
        return Optional.empty();
      }
    }
    float[] scales = new float[width];
    for (int channel = 0; channel < width; channel++) {
      boolean hasWeights = highest[channel] > Float.MIN_EXPONENT;
      int lowestOfBias = bias.length == 0 ? lowest[channel] : lowestBit(bias[channel]);
      int exponent = Math.min(lowest[channel], lowestOfBias);
      if (hasWeights && highest[channel] - exponent >= MAGNITUDE_BITS) {
        return Optional.empty();
      }
      scales[channel] = hasWeights ? Math.scalb(1f, exponent) : NO_WEIGHTS;
    }
    WholeWeights whole = new WholeWeights(weights, rows, bias, scales, rule);
    return whole.exactCharges == 0 ? Optional.empty() : Optional.of(whole);
  }

  private static float reset(KernelNeuron rule) {
    return rule.subtractive() ? rule.threshold() : rule.resetValue();
  }

  /** The exponent of the lowest bit; a large one for 0, a low one for what is not normal. */
  private static int lowestBit(float value) {
    int exponent = Math.getExponent(value);
    if (exponent < Float.MIN_EXPONENT || exponent > Float.MAX_EXPONENT) {
      return value == 0 ? Float.MAX_EXPONENT : 2 * Float.MIN_EXPONENT;
    }
    int bits = Float.floatToRawIntBits(value) | 1 << MANTISSA_BITS;
    return exponent - MANTISSA_BITS + Integer.numberOfTrailingZeros(bits);
  }

  /**
   * Whether sums are exact in any order, as {@link #of} asks, for weights that are multiples of a
   * power of two.
   *
   * @param sum of the magnitudes of an output's weights; a step adds each at most once
   * @param scale the power of two
   */
  public static boolean areExact(
      double sum, double bias, double scale, KernelNeuron rule, int steps) {
    return steps <= exactCharges(sum / scale, bias, scale, rule);
  }

  private static double exactCharges(double sum, double bias, double scale, KernelNeuron rule) {
    double start = (Math.abs(rule.initialMembrane()) + Math.abs(reset(rule))) / scale;
    return Math.max(0, Math.floor((EXACT - start) / (sum + Math.abs(bias) / scale)));
  }

  /** Sums are exact if the steps times the largest amplitude are not more than this. */
  int exactCharges() {
    return exactCharges;
  }

  /** How many events sums of 16 bits certainly hold. */
  public int eventsOfSum() {
    return Math.min(EVENTS_OF_BYTES, Short.MAX_VALUE / Math.max(1, largest));
  }

  /** The power of two of every channel. */
  public float[] scales() {
    return scales.clone();
  }

  /**
   * The whole numbers, row by row from {@link #FIRST_WEIGHT} on. Those at the same place of all
   * vectors of channels are neighbours. In a block of four vectors, those of the first two come
   * with {@link #ADDED}, in the lower bytes of pairs, and the others in the upper ones.
   *
   * @param lanes the channels of a vector
   */
  public byte[] inPairs(int lanes) {
    byte[] known = paired;
    return known == null ? pair(lanes) : known;
  }

  private synchronized byte[] pair(int lanes) {
    if (paired == null) {
      paired = paired(lanes);
    }
    return paired;
  }

  private byte[] paired(int lanes) {
    int width = scales.length;
    byte[] bytes = AlignedFloats.bytes(Math.multiplyExact(rows, width));
    int vectors = width / lanes;
    int[] places = new int[width];
    for (int channel = 0; channel < width; channel++) {
      int vector = channel / lanes;
      places[channel] = vectors * (channel % lanes) + vector / 2 + vector % 2 * (vectors / 2);
    }
    for (int row = 0; row < rows; row++) {
      for (int channel = 0; channel < width; channel++) {
        int added = vectors > 2 && channel < 2 * lanes ? ADDED : 0;
        bytes[FIRST_WEIGHT + row * width + places[channel]] = (byte) (whole(row, channel) + added);
      }
    }
    return bytes;
  }

  private int whole(int row, int channel) {
    int index = KernelProvider.FIRST_WEIGHT + row * scales.length + channel;
    return (int) (weights[index] / scales[channel]);
  }
}
