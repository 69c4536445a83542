package org.dl4jsnn.runtime;

import org.dl4jsnn.internal.compact.CompactWeights;

/** Reads weights in single precision or of few bits. */
final class WeightsReader {

  private WeightsReader() {}

  /**
   * Reads weights in either form.
   *
   * @param name what they are
   * @param expected their number by the layer's shape
   * @param outputs output channels
   */
  static CompactWeights read(ModelBytes bytes, String name, long expected, int outputs)
      throws ModelFormatException {
    long at = bytes.offset();
    int bits = bits(bytes, name, 0);
    if (bits == 0) {
      return CompactWeights.ofFloats(bytes.floats(name, expected));
    }
    if (bits < CompactWeights.FEWEST_BITS) {
      throw ModelBytes.failure(at, "bits of " + name + " must be 0 or at least 2, got " + bits);
    }
    return integers(bytes, name, expected, outputs, bits);
  }

  /** Reads weights that must be of few bits. */
  static CompactWeights ofFewBits(ModelBytes bytes, String name, long expected, int outputs)
      throws ModelFormatException {
    return integers(bytes, name, expected, outputs, bits(bytes, name, CompactWeights.FEWEST_BITS));
  }

  private static int bits(ModelBytes bytes, String name, int fewest) throws ModelFormatException {
    return bytes.small("bits of " + name, fewest, CompactWeights.MOST_BITS);
  }

  private static CompactWeights integers(
      ModelBytes bytes, String name, long expected, int outputs, int bits)
      throws ModelFormatException {
    int perChannel = bytes.number(name + " between channels", 1, Integer.MAX_VALUE);
    int channels = bytes.length("powers of two", outputs, false);
    int largest = CompactWeights.LARGEST_EXPONENT;
    // Read one by one, so memory grows only with the actual content.
    short[] exponents = bytes.integers("powers of two", channels, Byte.SIZE);
    int[] ofChannels = new int[channels];
    for (int i = 0; i < channels; i++) {
      ofChannels[i] = exponents[i];
      if (Math.abs(ofChannels[i]) > largest) {
        throw ModelBytes.failure(
            bytes.offset() - channels + i,
            "a power of two must be from -"
                + largest
                + " to "
                + largest
                + ", got "
                + ofChannels[i]);
      }
    }
    int count = bytes.length(name, expected, false);
    return CompactWeights.ofIntegers(
        bytes.integers(name, count, bits), bits, ofChannels, perChannel);
  }
}
