package org.dl4jsnn.synapse;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dl4jsnn.charge.RecurrentCharge;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Currents and gradients of recurrent weights, on numbers that can be checked by hand. */
class RecurrenceTest {

  /** Two sums of four, and three neurons left. */
  private static final int COUNT = 11;

  private static Neurons fired(int... fired) {
    Neurons neurons = Neurons.of(SpikingNeuron.integrateAndFire(1), COUNT, 1);
    for (int neuron : fired) {
      neurons.fire(neuron);
    }
    return neurons;
  }

  /** From neuron i to neuron j: 10 i + j, as exact in half precision as in double. */
  private static INDArray weights(DataType type) {
    INDArray weights = Nd4j.create(DataType.DOUBLE, COUNT, COUNT);
    for (int i = 0; i < COUNT; i++) {
      for (int j = 0; j < COUNT; j++) {
        weights.putScalar(i, j, 10 * i + j);
      }
    }
    return weights.castTo(type);
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void shouldChargeAllNeuronsFromThoseThatFired(DataType type) {
    Recurrence full = new FullRecurrence(weights(type));
    float[] charged = {100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    full.charge(fired(1, 3), charged);
    assertArrayEquals(new float[] {140, 42, 44, 46, 48, 50, 52, 54, 56, 58, 60}, charged);
    assertEquals(11 * 110, full.currentBound());
    assertEquals(11, full.fanOut(11));
    assertFalse(full.isNone());
    assertEquals("full recurrence of 11 neurons", full.toString());
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void shouldSendGradientsBackFromAllNeurons(DataType type) {
    Recurrence full = new FullRecurrence(weights(type));
    double[] gradient = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    double[] spikes = new double[COUNT];
    spikes[0] = 1000;
    full.feedBack(gradient, spikes);
    // The sum of j (j + 1) is 440, and every row adds 10 · 66.
    double[] expected = {1440, 1100, 1760, 2420, 3080, 3740, 4400, 5060, 5720, 6380, 7040};
    assertArrayEquals(expected, spikes);
    float[] singles = new float[COUNT];
    singles[0] = 1000;
    full.feedBack(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, singles);
    for (int i = 0; i < COUNT; i++) {
      assertEquals(expected[i], singles[i]);
    }
  }

  @Test
  void shouldKeepWeightsOfDoublePrecisionExact() {
    INDArray third = Nd4j.ones(DataType.DOUBLE, 1, 1).divi(3);
    double[] full = {0};
    new FullRecurrence(third).feedBack(new double[] {1}, full);
    assertEquals(1.0 / 3, full[0]);
    double[] oneToOne = {0};
    new OneToOneRecurrence(third.reshape(1)).feedBack(new double[] {1}, oneToOne);
    assertEquals(1.0 / 3, oneToOne[0]);
  }

  @Test
  void shouldChargeEveryNeuronFromItself() {
    Recurrence own = new OneToOneRecurrence(Nd4j.createFromArray(1f, 2f, 3f, -9f, 5f, 6f, 7f));
    float[] charged = {1, 1, 1, 1, 1, 1, 1};
    own.charge(fired(1, 3), charged);
    assertArrayEquals(new float[] {1, 3, 1, -8, 1, 1, 1}, charged);
    assertEquals(9, own.currentBound());
    assertEquals(1, own.fanOut(7));
    assertFalse(own.isNone());
    assertEquals("one-to-one recurrence of 7 neurons", own.toString());
    double[] spikes = {1, 1, 1, 1, 1, 1, 1};
    own.feedBack(new double[] {1, 1, 1, 2, 0, 0, 0}, spikes);
    assertArrayEquals(new double[] {2, 3, 4, -17, 1, 1, 1}, spikes);
    float[] singles = {1, 1, 1, 1, 1, 1, 1};
    own.feedBack(new float[] {1, 1, 1, 2, 0, 0, 0}, singles);
    assertArrayEquals(new float[] {2, 3, 4, -17, 1, 1, 1}, singles);
  }

  /** Spikes of three steps, and the gradient of the currents one step later. */
  @Test
  void shouldHaveTheGradientOfItsWeights() {
    INDArray before = Nd4j.createFromArray(new float[][] {{1, 0}, {1, 1}, {0, 0}});
    INDArray gradient = Nd4j.createFromArray(new float[][] {{2, 3}, {4, 5}, {6, 7}});
    INDArray full = Nd4j.create(new int[] {2, 2}, 'f');
    new FullRecurrence(Nd4j.eye(2)).backprop(before, gradient, full);
    assertEquals(Nd4j.createFromArray(new float[][] {{6, 8}, {4, 5}}), full);
    INDArray own = Nd4j.create(2);
    new OneToOneRecurrence(Nd4j.ones(2)).backprop(before, gradient, own);
    assertArrayEquals(new float[] {6, 5}, own.toFloatVector());
  }

  @Test
  void shouldDoNothingWithoutRecurrence() {
    Recurrence none = Recurrence.NONE;
    float[] charged = {1};
    none.charge(fired(0), charged);
    none.feedBack(new float[] {5}, charged);
    assertArrayEquals(new float[] {1}, charged);
    double[] gradient = {1};
    none.feedBack(new double[] {5}, gradient);
    assertArrayEquals(new double[] {1}, gradient);
    assertEquals(0, none.fanOut(7));
    assertEquals(0, none.currentBound());
    assertTrue(none.isNone());
    assertTrue(RecurrentCharge.NONE.isNone());
    assertEquals("no recurrence", none.toString());
  }

  @Test
  void shouldRefuseWeightsThatAreNotFinite() {
    INDArray weights = Nd4j.createFromArray(1, Float.NaN);
    String ofOwn =
        assertThrows(IllegalArgumentException.class, () -> new OneToOneRecurrence(weights))
            .getMessage();
    assertTrue(ofOwn.startsWith("parameter RW must be finite, got NaN"), ofOwn);
    assertFalse(ofOwn.contains("half precision"), ofOwn);
    INDArray half = Nd4j.valueArrayOf(new long[] {1, 1}, 1e9, DataType.FLOAT16);
    assertRefused(
        IllegalArgumentException.class,
        () -> new FullRecurrence(half),
        "half precision with an updater's default epsilon");
  }
}
