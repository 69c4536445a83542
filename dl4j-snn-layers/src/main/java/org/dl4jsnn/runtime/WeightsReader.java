package org.dl4jsnn.runtime;

import org.dl4jsnn.internal.compact.CompactWeights;

/** Reads weights in single precision or of few bits. */
final class WeightsReader {

  private WeightsReader() {}

  /**
   * Reads weights.
   *
   * @param expected their number by the layer's shape
   * @param outputs output channels
   */
  static CompactWeights read(ModelBytes bytes, long expected, int outputs)
      throws ModelFormatException {
    long at = bytes.offset();
    int bits = bytes.small("bits of a weight", 0, CompactWeights.MOST_BITS);
    if (bits == 0) {
      return CompactWeights.ofFloats(bytes.floats("weights", expected));
    }
    if (bits < CompactWeights.FEWEST_BITS) {
      throw ModelBytes.failure(at, "bits of a weight must be 0 or at least 2, got " + bits);
    }
    int perChannel = bytes.number("weights between channels", 1, Integer.MAX_VALUE);
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
    int count = bytes.length("weights", expected, false);
    return CompactWeights.ofIntegers(
        bytes.integers("weights", count, bits), bits, ofChannels, perChannel);
  }
}
