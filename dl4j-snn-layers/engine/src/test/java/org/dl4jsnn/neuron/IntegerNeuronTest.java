package org.dl4jsnn.neuron;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntegerNeuronTest {

  private static final int LARGEST = 1 << 24;

  private static IntegerNeuron neuron(boolean subtractive, boolean floored) {
    return new IntegerNeuron(
        new int[] {10, 20},
        new int[] {2048, 4096},
        subtractive,
        new int[] {2, 3},
        new int[] {5, 6},
        floored);
  }

  @Test
  void shouldGiveCopiesOfItsSettings() {
    int[] thresholds = {10, 20};
    int[] one = {1};
    IntegerNeuron made = new IntegerNeuron(thresholds, one, true, one, one);
    thresholds[0] = 99;
    made.thresholds()[1] = 99;
    assertArrayEquals(new int[] {10, 20}, made.thresholds());
    IntegerNeuron neuron = neuron(true, false);
    assertArrayEquals(new int[] {2048, 4096}, neuron.leaks());
    assertArrayEquals(new int[] {2, 3}, neuron.resetValues());
    assertArrayEquals(new int[] {5, 6}, neuron.initialMembranes());
    assertEquals(20, neuron.threshold());
    assertTrue(neuron.isSubtractive());
    assertFalse(neuron.isFloored());
    assertFalse(neuron(false, true).isSubtractive());
    assertTrue(neuron(false, true).isFloored());
    assertTrue(neuron.keepsExcessAtReset());
    assertFalse(neuron(false, false).keepsExcessAtReset());
  }

  @Test
  void shouldHaveOneParameterForEachSetting() {
    List<NeuronParameter> parameters = neuron(true, false).parameters();
    assertEquals(4, parameters.size());
    assertEquals("threshold [10.0, 20.0]", parameters.get(0).toString());
    assertEquals("leak [2048.0, 4096.0]", parameters.get(1).toString());
    assertEquals("reset value [2.0, 3.0]", parameters.get(2).toString());
    assertEquals("initial membrane [5.0, 6.0]", parameters.get(3).toString());
    assertEquals(
        List.of(new StateVariable("membrane above its initial value", 0)),
        neuron(true, false).variables());
  }

  @Test
  void shouldTakeTheSmallestAndLargestNumbers() {
    int[] ends = {-LARGEST, LARGEST};
    IntegerNeuron widest =
        new IntegerNeuron(new int[] {1, LARGEST}, new int[] {1, 4096}, true, ends, ends);
    assertArrayEquals(ends, widest.resetValues());
    int[] one = {1};
    assertMessage(
        "thresholds must be whole numbers from 1 to 16777216, got 16777217",
        () -> new IntegerNeuron(new int[] {LARGEST + 1}, one, true, one, one));
    assertMessage(
        "reset values must be whole numbers from -16777216 to 16777216, got -16777217",
        () -> new IntegerNeuron(one, one, true, new int[] {-LARGEST - 1}, one));
    assertMessage(
        "leaks must be whole numbers from 1 to 4096, got 0",
        () -> new IntegerNeuron(one, new int[] {0}, true, one, one));
    assertMessage(
        "thresholds must be whole numbers from 1 to 16777216, got 0",
        () -> new IntegerNeuron(new int[] {0}, one, true, one, one));
    assertMessage(
        "leaks must be whole numbers from 1 to 4096, got 4097",
        () -> new IntegerNeuron(one, new int[] {4097}, true, one, one));
    assertMessage(
        "number of reset values must be a whole number of at least 1, got 0",
        () -> new IntegerNeuron(one, one, true, new int[0], one));
    assertThrows(
        IllegalArgumentException.class, () -> new IntegerNeuron(null, one, true, one, one));
  }

  @Test
  void shouldBeAValue() {
    int[] one = {1};
    int[] two = {2};
    IntegerNeuron neuron = new IntegerNeuron(one, one, true, one, one);
    assertEquals(neuron, new IntegerNeuron(one, one, true, one, one, false));
    assertEquals(neuron.hashCode(), new IntegerNeuron(one, one, true, one, one, false).hashCode());
    for (IntegerNeuron other :
        new IntegerNeuron[] {
          new IntegerNeuron(two, one, true, one, one),
          new IntegerNeuron(one, two, true, one, one),
          new IntegerNeuron(one, one, false, one, one),
          new IntegerNeuron(one, one, true, two, one),
          new IntegerNeuron(one, one, true, one, two),
          new IntegerNeuron(one, one, true, one, one, true)
        }) {
      assertNotEquals(neuron, other);
      assertNotEquals(neuron.hashCode(), other.hashCode());
    }
    assertNotEquals(neuron, (Object) neuron.toString());
  }

  @Test
  void shouldRoundOnlyWhereItLeaksUnlessItIsOfAnEarlierVersion() {
    int[] one = {1};
    int[] partly = {2048, 4096};
    IntegerNeuron neuron = new IntegerNeuron(new int[] {10}, partly, true, one, new int[] {0});
    assertTrue(neuron.isExactWithoutLeak());
    assertFalse(neuron.roundedWithoutLeak().isExactWithoutLeak());
    assertNotEquals(neuron, neuron.roundedWithoutLeak());
    assertArrayEquals(new float[] {1, 2.75f}, leaked(neuron));
    assertArrayEquals(new float[] {1, 2}, leaked(neuron.roundedWithoutLeak()));
    for (int[] uniform : new int[][] {{2048}, {4096, 4096}}) {
      IntegerNeuron alike = new IntegerNeuron(new int[] {10}, uniform, true, one, new int[] {0});
      assertFalse(alike.isExactWithoutLeak());
      assertEquals(alike, alike.roundedWithoutLeak());
    }
  }

  private static float[] leaked(IntegerNeuron neuron) {
    Neurons neurons = Neurons.of(neuron, 2, 2);
    Arrays.fill(neurons.variable(0), 2.75f);
    neuron.reset(neurons);
    return neurons.variable(0);
  }

  @Test
  void shouldNameItsSettings() {
    int[] one = {1};
    assertEquals(
        "integer threshold 1, leak 1/4096, reset by subtraction",
        new IntegerNeuron(one, one, true, one, one).toString());
    assertEquals(
        "integer threshold of 2 channels, leak of 2 channels/4096, reset to of 2 channels, never"
            + " below minus the threshold",
        neuron(false, true).toString());
  }

  /** Channels 0 and 1 have a spike, then none; the membranes begin at 5 and 6. */
  @Test
  void shouldHaveTheDerivativesOfAHardReset() {
    LocalDerivatives at = new LocalDerivatives(neuron(false, false), 2, false);
    int count = at.move(new double[][] {{8, 4, 1, 2}}, new double[] {1, 1, 0, 0}, 0);
    assertEquals(4, count);
    assertFirst(at.excess(0), 1, 1, 1, 1);
    assertFirst(at.reset(0, 0), 0, 0, 1, 1);
    // Reset value - initial membrane - u.
    assertFirst(at.resetBySpike(0), 2 - 5 - 8, 3 - 6 - 4, 2 - 5 - 1, 3 - 6 - 2);
    assertFirst(at.leak(0), 0.5, 1, 0.5, 1);
  }

  @Test
  void shouldHaveTheDerivativesOfASubtraction() {
    LocalDerivatives at = new LocalDerivatives(neuron(true, false), 2, false);
    at.move(new double[][] {{8, 4, -99, 2}}, new double[] {1, 1, 0, 0}, 0);
    assertFirst(at.reset(0, 0), 1, 1, 1, 1);
    assertFirst(at.resetBySpike(0), -10, -20, -10, -20);
  }

  /** u + initial + threshold, less the threshold taken off, must be above zero. */
  @Test
  void shouldHaveNoDerivativesAtItsFloor() {
    LocalDerivatives at = new LocalDerivatives(neuron(true, true), 2, false);
    at.move(new double[][] {{-15, -25, -14, -27, -5, -5}}, new double[] {0, 0, 0, 0, 1, 1}, 0);
    assertFirst(at.reset(0, 0), 0, 1, 1, 0, 0, 1);
    assertFirst(at.resetBySpike(0), 0, -20, -10, 0, 0, -20);
  }

  private static void assertFirst(double[] actual, double... expected) {
    assertArrayEquals(expected, Arrays.copyOf(actual, expected.length), 0);
  }

  /** Membrane 5 above its start of -4 is 1; halved it is 0, which lies 4 above the start. */
  @Test
  void shouldLeakTheWholeMembraneNotWhatIsAboveItsStart() {
    IntegerNeuron leaking =
        new IntegerNeuron(
            new int[] {10}, new int[] {2048}, true, new int[] {0}, new int[] {-4}, true);
    Neurons neurons = Neurons.of(leaking, 2, 1);
    neurons.variable(0)[0] = 5;
    neurons.variable(0)[1] = -20;
    leaking.reset(neurons);
    // The floor of -10 is 6 below the start; halved it is -5, which lies 1 below.
    assertArrayEquals(new float[] {4, -1}, neurons.variable(0));
  }
}
