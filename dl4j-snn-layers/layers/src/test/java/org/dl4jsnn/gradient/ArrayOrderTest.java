package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;

class ArrayOrderTest {

  private static final ArrayOrder ORDER = new ArrayOrder(FeatureShape.image(2, 1, 3));

  @Test
  void shouldBringChannelsToTheInside() {
    float[] neurons = new float[6];
    ORDER.gather(new float[] {1, 2, 3, 4, 5, 6}, neurons);
    assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, neurons);
    double[] some = new double[3];
    ORDER.gather(new double[] {1, 2, 3, 4, 5, 6}, 2, 2, some);
    assertArrayEquals(new double[] {2, 5, 0}, some);
    assertEquals(6, ORDER.count());
  }

  @Test
  void shouldBringChannelsBackToTheOutside() {
    float[] array = new float[6];
    ORDER.scatter(new float[] {1, 4, 2, 5, 3, 6}, array);
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, array);
    double[] doubles = new double[6];
    ORDER.scatter(new double[] {1, 4, 2, 5, 3, 6}, doubles);
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, doubles);
  }
}
