package org.dl4jsnn.spike;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.dl4jsnn.encode.FeatureShapes;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class FeatureShapeTest {

  private static final FeatureShape IMAGE = FeatureShape.image(2, 3, 4);
  private static final FeatureShape VECTOR = FeatureShape.vector(7);

  @Test
  void shouldCountNeuronsAndPositions() {
    assertEquals(24, IMAGE.neurons());
    assertEquals(12, IMAGE.positions());
    assertEquals(7, VECTOR.neurons());
    assertEquals(1, VECTOR.positions());
  }

  @Test
  void shouldHaveTheShapeOfItsArrays() {
    assertArrayEquals(new long[] {5, 2, 3, 4}, IMAGE.arrayShape(5));
    assertArrayEquals(new long[] {5, 7}, VECTOR.arrayShape(5));
  }

  @Test
  void shouldHaveChannelsOutermostInArraysAndInnermostInTrains() {
    // Row 2, column 1, channel 1.
    assertEquals((2 * 4 + 1) * 2 + 1, IMAGE.neuronIndex(12 + 2 * 4 + 1));
    assertEquals(12 + 2 * 4 + 1, IMAGE.arrayIndex((2 * 4 + 1) * 2 + 1));
    for (int neuron = 0; neuron < IMAGE.neurons(); neuron++) {
      assertEquals(neuron, IMAGE.neuronIndex(IMAGE.arrayIndex(neuron)));
    }
    assertEquals(6, VECTOR.neuronIndex(6));
    assertEquals(6, VECTOR.arrayIndex(6));
  }

  @Test
  void shouldRefuseSizesBelowOne() {
    assertRefusal("channels must be a whole number of at least 1, got 0", 0, 1, 1);
    assertRefusal("height must be a whole number of at least 1, got 0", 1, 0, 1);
    assertRefusal("width must be a whole number of at least 1, got -1", 1, 1, -1);
    assertEquals(1, FeatureShape.image(1, 1, 1).neurons());
  }

  @Test
  void shouldRefuseMoreNeuronsThanAnIndexHolds() {
    assertRefusal(
        "neurons must be a whole number of at most 2147483647, got 2147483648",
        2,
        1 << 15,
        1 << 15);
    // Their product, 9.6e22, overflows to 10,330,217.
    assertRefusal(
        "neurons must be a whole number of at most 2147483647, got " + Long.MAX_VALUE,
        58_848_929,
        48_562_331,
        33_584_235);
  }

  private static void assertRefusal(String message, int channels, int height, int width) {
    assertBegins(message, () -> FeatureShape.image(channels, height, width));
  }

  @Test
  void shouldNameItsSizes() {
    assertEquals("2×3×4", IMAGE.toString());
    assertEquals("7", VECTOR.toString());
  }

  @Test
  void shouldComeFromArrays() {
    assertEquals(VECTOR, FeatureShapes.ofSamples(Nd4j.zeros(5, 7)));
    assertEquals(IMAGE, FeatureShapes.ofSamples(Nd4j.zeros(5, 2, 3, 4)));
    assertMessage(
        "array must have the axes [minibatch, n] or [minibatch, channels, height, width], got"
            + " [5, 2, 3]",
        () -> FeatureShapes.ofSamples(Nd4j.zeros(5, 2, 3)));
  }

  @Test
  void shouldComeFromInputTypesAndGiveThem() {
    InputType image = InputType.convolutional(3, 4, 2);
    assertEquals(IMAGE, FeatureShapes.of(image));
    assertEquals(image, FeatureShapes.inputType(IMAGE));
    InputType vector = InputType.feedForward(7);
    assertEquals(VECTOR, FeatureShapes.of(vector));
    assertEquals(vector, FeatureShapes.inputType(VECTOR));
  }

  @Test
  void shouldRefuseChannelsLastAndTellTheCure() {
    InputType type = InputType.convolutional(3, 4, 2, CNN2DFormat.NHWC);
    assertMessage(
        "input must have the axes [minibatch, n] or [minibatch, channels, height, width] (NCHW),"
            + " got "
            + type
            + ". Build the type with InputType.convolutional(height, width, channels) and give"
            + " features.permute(0, 3, 1, 2)",
        () -> FeatureShapes.of(type));
  }

  @Test
  void shouldRefuseOtherInputTypes() {
    InputType type = InputType.recurrent(7);
    assertMessage(
        "input must have the axes [minibatch, n] or [minibatch, channels, height, width] (NCHW),"
            + " got "
            + type,
        () -> FeatureShapes.of(type));
  }
}
