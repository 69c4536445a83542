package org.dl4jsnn.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MagnitudesTest {

  @Test
  void shouldFindTheLargest() {
    assertEquals(0, Magnitudes.largest(new float[0]));
    assertEquals(3, Magnitudes.largest(new float[] {1, -3, 2}));
    assertEquals(
        Float.POSITIVE_INFINITY, Magnitudes.largest(new float[] {1, Float.NEGATIVE_INFINITY, 2}));
    assertEquals(
        Float.NaN, Magnitudes.largest(new float[] {Float.POSITIVE_INFINITY, Float.NaN, 2}));
  }

  @Test
  void shouldFindTheLargestOfAPart() {
    float[] values = {9, 1, -3, 2, 9};
    assertEquals(3, Magnitudes.largest(values, 1, 3));
    assertEquals(0, Magnitudes.largest(values, 1, 0));
  }
}
