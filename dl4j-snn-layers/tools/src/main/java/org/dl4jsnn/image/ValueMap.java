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
}
