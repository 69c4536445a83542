package org.dl4jsnn.examples.spoken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jhdf.object.datatype.FloatingPoint;
import org.junit.jupiter.api.Test;

class HalfPrecisionTest {

  private static final short LARGEST = 0x7bff;

  @Test
  void shouldKeepEveryNumber() {
    for (short half = 0; half <= LARGEST; half++) {
      assertEquals(half, HalfPrecision.of(FloatingPoint.toFloat(half)));
    }
  }

  @Test
  void shouldRoundToTheNearestAndThenToTheEvenOne() {
    for (short half = 0; half < LARGEST; half++) {
      float low = FloatingPoint.toFloat(half);
      float high = FloatingPoint.toFloat((short) (half + 1));
      float middle = (low + high) / 2;
      assertEquals(half % 2 == 0 ? half : half + 1, HalfPrecision.of(middle));
      assertEquals(half, HalfPrecision.of(Math.nextDown(middle)));
      assertEquals(half + 1, HalfPrecision.of(Math.nextUp(middle)));
    }
  }

  @Test
  void shouldRefuseWhatItHasNoNumberFor() {
    assertThrows(IllegalArgumentException.class, () -> HalfPrecision.of(-1));
    assertThrows(IllegalArgumentException.class, () -> HalfPrecision.of(70_000));
    assertThrows(IllegalArgumentException.class, () -> HalfPrecision.of(Float.NaN));
  }
}
