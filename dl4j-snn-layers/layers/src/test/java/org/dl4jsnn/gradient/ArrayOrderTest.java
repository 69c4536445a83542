package org.dl4jsnn.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  /** More channels and positions than a tile has, and parts of tiles. */
  @ParameterizedTest
  @CsvSource({"9, 10, 13", "64, 8, 9", "1, 7, 1", "70, 1, 1"})
  void shouldPlaceEveryNeuron(int channels, int height, int width) {
    FeatureShape shape = FeatureShape.image(channels, height, width);
    ArrayOrder order = new ArrayOrder(shape);
    float[] neurons = new float[shape.neurons()];
    float[] expected = new float[neurons.length];
    for (int i = 0; i < neurons.length; i++) {
      neurons[i] = i + 1;
      expected[shape.arrayIndex(i)] = i + 1;
    }
    float[] array = new float[neurons.length];
    order.scatter(neurons, array);
    assertArrayEquals(expected, array);
    float[] back = new float[neurons.length];
    order.gather(array, back);
    assertArrayEquals(neurons, back);
  }
}
