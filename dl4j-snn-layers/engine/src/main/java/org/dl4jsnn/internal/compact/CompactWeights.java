package org.dl4jsnn.internal.compact;

/**
 * Weights and their form in a file: single precision, or integers times a power of two per output
 * channel (equation 36 of docs/mathematics.md).
 *
 * @param bits bits of an integer, from 2 to 16; 0 for single precision
 * @param exponents e of every output channel; null for single precision
 * @param perChannel values between two output channels, in C order
 */
public record CompactWeights(float[] values, int bits, int[] exponents, int perChannel) {

  /** No weights. */
  public static final CompactWeights NONE = ofFloats(new float[0]);

  /** The fewest bits of an integer. */
  public static final int FEWEST_BITS = 2;

  /** The most bits of an integer. */
  public static final int MOST_BITS = 16;

  /** The largest magnitude of an exponent: sums have room in single precision. */
  public static final int LARGEST_EXPONENT = 100;

  /** Weights in single precision. */
  public static CompactWeights ofFloats(float[] values) {
    return new CompactWeights(values, 0, null, 1);
  }

  /**
   * The integer of a value.
   *
   * @return w / 2ᵉ
   */
  int integer(int index) {
    return (int) Math.scalb(values[index], -exponents[channel(index)]);
  }

  private int channel(int index) {
    return index / perChannel % exponents.length;
  }

  /** Integer weights. */
  public static CompactWeights ofIntegers(
      short[] integers, int bits, int[] exponents, int perChannel) {
    float[] powers = new float[exponents.length];
    for (int channel = 0; channel < powers.length; channel++) {
      powers[channel] = Math.scalb(1f, exponents[channel]);
    }
    float[] values = new float[integers.length];
    int channel = 0;
    int end;
    for (int first = 0; first < values.length; first = end) {
      end = (int) Math.min(values.length, (long) first + perChannel);
      for (int i = first; i < end; i++) {
        values[i] = integers[i] * powers[channel];
      }
      channel = channel + 1 == powers.length ? 0 : channel + 1;
    }
    return new CompactWeights(values, bits, exponents, perChannel);
  }
}
