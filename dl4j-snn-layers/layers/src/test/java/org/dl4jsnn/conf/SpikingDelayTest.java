package org.dl4jsnn.conf;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.conf.PassingLayersTest.STEPS;
import static org.dl4jsnn.conf.PassingLayersTest.configuration;
import static org.dl4jsnn.conf.PassingLayersTest.network;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SpikingDelayTest {

  static SpikingDelay delay(int... steps) {
    return new SpikingDelay.Builder().name("delay").steps(steps).build();
  }

  @Test
  void shouldDistinguishDelays() {
    assertEquals(delay(1, 2), delay(1, 2));
    assertEquals(delay(1, 2).hashCode(), delay(1, 2).hashCode());
    assertNotEquals(delay(1, 2), delay(2, 1));
    assertNotEquals(delay(1), new SpikingDelay.Builder().steps(1).build());
  }

  @Test
  void shouldKeepItsDelaysToItself() {
    int[] steps = {1, 2};
    SpikingDelay delay = delay(steps);
    steps[0] = 7;
    delay.getSteps()[1] = 7;
    assertEquals(delay(1, 2), delay);
  }

  @Test
  void shouldReportTheDelayOfEveryNeuron() {
    FeatureShape shape = FeatureShape.image(2, 1, 3);
    assertArrayEquals(new int[] {4, 4, 4, 4, 4, 4}, delay(4).stepsOf(shape));
    assertArrayEquals(new int[] {4, 4, 4, 1, 1, 1}, delay(4, 1).stepsOf(shape));
    assertArrayEquals(new int[] {1, 2, 3, 4, 5, 6}, delay(1, 2, 3, 4, 5, 6).stepsOf(shape));
  }

  /** The rates of what leaves within the window: here of the first three of five steps. */
  @Test
  void shouldLoseWhatLeavesAfterTheWindow() {
    INDArray features = Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(3), 4, 3, 4, 5);
    INDArray delayed = network(delay(2)).feedForward(features).get(2);
    MultiLayerNetwork shorter = network(delay(0));
    TimeSteps.set(shorter, STEPS - 2);
    INDArray first = shorter.feedForward(features).get(2);
    assertTrue(first.sumNumber().doubleValue() > 0);
    assertTrue(first.mul(STEPS - 2).equalsWithEps(delayed.mul(STEPS), 1e-5));
  }

  @Test
  void shouldRefuseInvalidDelays() {
    assertRefused(() -> delay(1, -1), "steps must be a whole number of at least 0, got -1");
    assertRefused(() -> delay(), "steps must be at least one delay, got none");
    assertRefused(() -> delay((int[]) null), "steps must be given, got null");
    assertRefused(() -> new SpikingDelay.Builder().build(), "steps must be given, got null");
  }

  @Test
  void shouldRefuseDelaysOfOtherChannels() {
    assertRefused(
        () -> configuration(delay(1, 2)),
        "layer 'delay' (SpikingDelay): steps must be 1 delay of the layer, 3 of the channels or 60"
            + " of the neurons (3×4×5), got 2");
  }

  @Test
  void shouldRefuseStockDropout() {
    assertRefused(
        () -> network(new SpikingDelay.Builder().name("x").steps(1).dropOut(0.5).build()),
        "layer 'x' (SpikingDelay): dropOut must be unset",
        "Put a SpikingDropout layer after it");
  }

  @Test
  void shouldRefuseStatesOfOthersAndLoseNothing() {
    MultiLayerNetwork network = network(delay(2));
    network.rnnTimeStep(Nd4j.rand(2, 3, 4, 5));
    Map<String, INDArray> state = network.rnnGetPreviousState(1);
    assertArrayEquals(new long[] {2, 2, 3, 4, 5}, state.get("spikes").shape());
    assertRefused(
        () -> network.rnnSetPreviousState(1, Map.of("membrane", Nd4j.rand(2, 2, 3, 4, 5))),
        "layer 'delay' (SpikingDelay): state must have the variable spikes, got [membrane]");
    assertRefused(
        () -> network.rnnSetPreviousState(1, Map.of("spikes", Nd4j.zeros(2, 1, 3, 4, 5))),
        "with D = 2, the longest delay, got [2, 1, 3, 4, 5]");
    assertEquals(state, network.rnnGetPreviousState(1));
    assertRefused(
        () -> network.rnnTimeStep(Nd4j.rand(3, 3, 4, 5)),
        "layer 'delay' (SpikingDelay): state must hold 2 steps of 3 samples");
  }
}
