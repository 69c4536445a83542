package org.dl4jsnn.conf;

import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SpikingDelayTest {

  private static final InputType IMAGE = InputType.convolutional(4, 5, 3);
  private static final int STEPS = 5;

  private static SpikingDelay delay(int... steps) {
    return new SpikingDelay.Builder().name("delay").steps(steps).build();
  }

  private static MultiLayerConfiguration configuration(Layer... layers) {
    List<Layer> all = new ArrayList<>(List.of(SpikeEncoding.poisson(STEPS).build()));
    all.addAll(List.of(layers));
    all.add(Networks.readOut(3));
    return Networks.list(Networks.settings(1), IMAGE, all.toArray(Layer[]::new)).build();
  }

  private static MultiLayerNetwork network(Layer... layers) {
    return Networks.of(configuration(layers));
  }

  @Test
  void shouldSurviveJsonYamlAndCloning() {
    MultiLayerConfiguration configuration =
        configuration(delay(2), new SpikingDense.Builder().nOut(3).build(), delay(1, 0, 4));
    assertEquals(configuration, MultiLayerConfiguration.fromJson(configuration.toJson()));
    assertEquals(configuration, MultiLayerConfiguration.fromYaml(configuration.toYaml()));
    assertEquals(configuration, configuration.clone());
    MultiLayerConfiguration restored = MultiLayerConfiguration.fromJson(configuration.toJson());
    assertArrayEquals(
        new int[] {1, 0, 4}, ((SpikingDelay) restored.getConf(3).getLayer()).getSteps());
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

  @Test
  void shouldKeepShapesWithoutPreprocessorsOrParameters() {
    for (InputType type : List.of(IMAGE, InputType.feedForward(3))) {
      assertEquals(type, delay(1, 0, 2).getOutputType(1, type));
      assertNull(delay(1).getPreProcessorForInputType(type));
      assertEquals(0, delay(1).getMemoryReport(type).getWorkingMemoryVariableInference());
    }
    assertEquals(0, network(delay(1)).getLayer(1).numParams());
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
  void shouldRefuseStockDropoutAndInputsWithoutSpikes() {
    assertRefused(
        () -> network(new SpikingDelay.Builder().name("x").steps(1).dropOut(0.5).build()),
        "layer 'x' (SpikingDelay): dropOut must be unset",
        "Put a SpikingDropout layer after it");
    assertRefused(
        () -> delay(1).getPreProcessorForInputType(InputType.convolutionalFlat(4, 5, 3)),
        "layer 'delay' (SpikingDelay) must come after SpikeEncoding");
    assertRefused(
        () -> delay(1).getOutputType(1, InputType.recurrent(3)),
        "layer 'delay' (SpikingDelay): input must have the axes");
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
