package org.dl4jsnn.picture;

import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/** Maps each value independently. */
final class ValueMap {

  private final byte[] table = new byte[Picture.VALUES];

  private ValueMap(IntUnaryOperator map) {
    for (int value = 0; value < table.length; value++) {
      table[value] = (byte) map.applyAsInt(value);
    }
  }

  static ValueMap of(IntUnaryOperator map) {
    return new ValueMap(map);
  }

  Picture apply(Picture picture) {
    byte[] mapped = picture.copy();
    apply(mapped, 0, mapped.length);
    return picture.with(mapped);
  }

  /** A map for each channel, from its histogram. */
  static Picture perChannel(Picture picture, Function<Histogram, IntUnaryOperator> map) {
    byte[] mapped = picture.copy();
    for (int channel = 0; channel < picture.channels(); channel++) {
      new ValueMap(map.apply(Histogram.of(picture, channel)))
          .apply(mapped, channel * picture.plane(), picture.plane());
    }
    return picture.with(mapped);
  }

  private void apply(byte[] values, int first, int count) {
    for (int i = first; i < first + count; i++) {
      values[i] = table[values[i] & 0xFF];
    }
  }
}
