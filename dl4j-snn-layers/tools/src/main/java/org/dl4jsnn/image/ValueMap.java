package org.dl4jsnn.image;

import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/** Maps each value independently. */
final class ValueMap {

  private final byte[] table = new byte[Image.VALUES];

  private ValueMap(IntUnaryOperator map) {
    for (int value = 0; value < table.length; value++) {
      table[value] = (byte) map.applyAsInt(value);
    }
  }

  static ValueMap of(IntUnaryOperator map) {
    return new ValueMap(map);
  }

  Image apply(Image image) {
    byte[] mapped = image.copy();
    apply(mapped, 0, mapped.length);
    return image.with(mapped);
  }

  /** A map for each channel, from its histogram. */
  static Image perChannel(Image image, Function<Histogram, IntUnaryOperator> map) {
    byte[] mapped = image.copy();
    for (int channel = 0; channel < image.channels(); channel++) {
      new ValueMap(map.apply(Histogram.of(image, channel)))
          .apply(mapped, channel * image.plane(), image.plane());
    }
    return image.with(mapped);
  }

  private void apply(byte[] values, int first, int count) {
    for (int i = first; i < first + count; i++) {
      values[i] = table[values[i] & 0xFF];
    }
  }

  /** How often each value occurs in a channel. */
  record Histogram(int[] counts) {

    static Histogram of(Image image, int channel) {
      int[] counts = new int[Image.VALUES];
      int first = channel * image.plane();
      for (int i = first; i < first + image.plane(); i++) {
        counts[image.value(i)]++;
      }
      return new Histogram(counts);
    }

    private int darkest() {
      int value = 0;
      while (counts[value] == 0) {
        value++;
      }
      return value;
    }

    private int brightest() {
      int value = Image.VALUES - 1;
      while (counts[value] == 0) {
        value--;
      }
      return value;
    }

    /** Maps the darkest value to 0 and the brightest to 255. */
    IntUnaryOperator stretched() {
      int low = darkest();
      int high = brightest();
      if (low == high) {
        return IntUnaryOperator.identity();
      }
      double scale = (Image.VALUES - 1.0) / (high - low);
      // The product may be just below the last value.
      return value -> value == high ? Image.VALUES - 1 : Enhancement.clamp((value - low) * scale);
    }

    /** Maps values by rank, so that equal ranges hold about the same number of pixels. */
    IntUnaryOperator equalized() {
      int total = 0;
      for (int count : counts) {
        total += count;
      }
      int step = (total - counts[brightest()]) / (Image.VALUES - 1);
      if (step == 0) {
        return IntUnaryOperator.identity();
      }
      int[] ranks = new int[counts.length];
      int below = step / 2;
      for (int value = 0; value < ranks.length; value++) {
        ranks[value] = Math.min(Image.VALUES - 1, below / step);
        below += counts[value];
      }
      return value -> ranks[value];
    }
  }
}
