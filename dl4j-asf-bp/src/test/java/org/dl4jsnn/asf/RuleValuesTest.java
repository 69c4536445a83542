package org.dl4jsnn.asf;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.gradient.FlowSums;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.ScheduleType;

/** Rules are values: they name their settings, and differ when a setting does. */
class RuleValuesTest {

  private static final RefreshSchedule SCHEDULE = RefreshSchedule.everyIterations(3);
  private static final LinearEstimation ESTIMATION = new LinearEstimation(0.5, 0.25, 2);

  @Test
  void shouldEqualTheirTwins() {
    assertEquals(SCHEDULE, new RefreshSchedule(3, ScheduleType.ITERATION));
    assertEquals(ESTIMATION, new LinearEstimation(0.5, 0.25, 2));
    assertEquals(
        new AsfBackprop(ESTIMATION, SCHEDULE, 1, false),
        new AsfBackprop(ESTIMATION, SCHEDULE, 1, false));
    assertEquals(
        new AsfBackprop(new LinearEstimation(), SCHEDULE, 1, false),
        new AsfBackprop().withSchedule(SCHEDULE));
    assertTrue(new AsfBackprop().withSaturationGate().withSchedule(SCHEDULE).endsAtSaturation());
    assertEquals(
        new RateBackprop(), new RateBackprop(Surrogate.sigmoid(RateBackprop.PUBLISHED_WIDTH)));
  }

  @Test
  void shouldNameTheirSettings() {
    assertEquals("every 3 iterations", SCHEDULE.toString());
    assertEquals("every 5 epochs", RefreshSchedule.everyEpochs(5).toString());
    assertEquals(
        "AsfBackprop (share 0.5, minimum flow 0.25, fallback 2.0, refreshed every 3 iterations,"
            + " saturation gate)",
        new AsfBackprop(ESTIMATION, SCHEDULE, 1, false).withSaturationGate().toString());
    assertEquals(
        "AsfBackprop (share 0.6, minimum flow 0.001, fallback 1.0, refreshed every 5 epochs)",
        new AsfBackprop().toString());
    assertEquals("RateBackprop (SigmoidSurrogate of width 0.25)", new RateBackprop().toString());
    assertEquals(
        "RateBackprop (SigmoidSurrogate of width 0.25, reset detached)",
        new RateBackprop().withDetachedReset().toString());
  }

  @Test
  void shouldSayWhatTheyNeed() {
    AsfBackprop asf = new AsfBackprop(ESTIMATION, RefreshSchedule.everyEpochs(2), 0.75, false);
    assertEquals(Map.of(AsfBackprop.SLOPE, 0.75), asf.scalars());
    assertTrue(asf.countsEpochs());
    assertFalse(asf.withSchedule(SCHEDULE).countsEpochs());
    assertTrue(asf.gatesFlow());
    assertFalse(asf.isObserving());
    assertFalse(asf.endsAtSaturation());
    assertTrue(asf.withSaturationGate().endsAtSaturation());
    RateBackprop rates = new RateBackprop();
    assertTrue(rates.isObserving());
    assertFalse(rates.gatesFlow());
    assertTrue(rates.endsAtSaturation());
  }

  @Test
  void shouldSayWhichParametersAccumulatedFlowCannotLearn() {
    SpikingNeuron plain = SpikingNeuron.integrateAndFire(1);
    AsfBackprop asf = new AsfBackprop();
    assertEquals(Optional.empty(), asf.whyNotLearned(plain, NeuronParameter.THRESHOLD));
    assertTrue(
        asf.whyNotLearned(plain, NeuronParameter.LEAK)
            .orElseThrow()
            .contains("only the threshold has a gradient"));
    for (var neuron :
        List.of(plain.withReset(Reset.to(0.5)), new AdaptiveNeuron(plain, 0.5, 0.5))) {
      assertTrue(
          asf.whyNotLearned(neuron, NeuronParameter.THRESHOLD)
              .orElseThrow()
              .startsWith("Accumulated flow gives a threshold a gradient only if"));
      assertEquals(
          Optional.empty(), new RateBackprop().whyNotLearned(neuron, NeuronParameter.LEAK));
    }
  }

  /** A weighted layer's slope counts where its input is at least its output; pooling's all. */
  @Test
  void shouldEstimateFromTheFlowOfWeightedLayersAndPooling() {
    AccumulatedFlow flow = flow(new float[] {4, 2, -1, 1}, new float[] {2, 2, 0, 3});
    LinearEstimation published = new LinearEstimation();
    assertEquals(0.6 * 4 / 6 + 0.4 * 0.5, published.refresh(0.5, FlowSums.of(flow, true)), 1e-12);
    assertEquals(0.6 * 7 / 6 + 0.4, published.refresh(1, FlowSums.of(flow, false)), 1e-12);
    AccumulatedFlow silent = flow(new float[] {0, -5, 0.0005f}, new float[] {0, 0, 0});
    assertEquals(0.6 + 0.4 * 0.5, published.refresh(0.5, FlowSums.of(silent, true)), 1e-12);
  }

  private static AccumulatedFlow flow(float[] in, float[] out) {
    return new AccumulatedFlow(
        Nd4j.create(in, new long[] {1, in.length}, 'c'),
        Nd4j.create(out, new long[] {1, out.length}, 'c'),
        10);
  }

  @Test
  void shouldCountEpochsOrIterations() {
    RefreshSchedule epochs = RefreshSchedule.everyEpochs(5);
    assertTrue(epochs.isDue(0, 3) && epochs.isDue(5, 3) && epochs.isDue(10, 1));
    assertFalse(epochs.isDue(4, 5) || epochs.isDue(6, 0));
    assertTrue(SCHEDULE.isDue(1, 0) && SCHEDULE.isDue(1, 6));
    assertFalse(SCHEDULE.isDue(0, 4));
  }

  @Test
  void shouldEstimateWithTheLeastFlowThatSuffices() {
    assertEquals(0.5 * 4 + 0.5 * 6, ESTIMATION.refresh(6, new FlowSums(0.25, 1)));
    assertEquals(0.5 * 2 + 0.5 * 6, ESTIMATION.refresh(6, new FlowSums(0.2, 1)));
  }

  @Test
  void shouldRefuseSettingsOutOfRange() {
    assertBegins("share must be", () -> new LinearEstimation(0, 1, 1));
    assertBegins("share must be", () -> new LinearEstimation(1.1, 1, 1));
    assertBegins("minimum flow must be", () -> new LinearEstimation(1, 0, 1));
    assertBegins("fallback must be", () -> new LinearEstimation(1, 1, Double.NaN));
    assertBegins("initial slope must be", () -> new AsfBackprop(ESTIMATION, SCHEDULE, 0, false));
    assertBegins("period must be", () -> RefreshSchedule.everyIterations(0));
    assertBegins("period must be", () -> RefreshSchedule.everyEpochs(0));
    assertBegins("surrogate must", () -> new RateBackprop(null));
  }

  @Test
  void shouldSetTheRuleOfEveryLayerOfAGraph() {
    SpikingDense hidden = new SpikingDense.Builder().nOut(3).build();
    ComputationGraphConfiguration graph =
        new NeuralNetConfiguration.Builder()
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.feedForward(2))
            .addLayer("encoding", SpikeEncoding.direct(4).build(), "in")
            .addLayer("hidden", hidden, "encoding")
            .addLayer("out", new OutputLayer.Builder().nOut(2).build(), "hidden")
            .setOutputs("out")
            .build();
    AsfBackprop.applyTo(graph);
    assertEquals(new AsfBackprop(), hidden.getBackprop());
  }

  @Test
  void shouldRefuseConfigurationsWithoutSpikingLayers() {
    MultiLayerConfiguration stock =
        Networks.list(
                new NeuralNetConfiguration.Builder(),
                null,
                new OutputLayer.Builder().nIn(2).nOut(2).build())
            .build();
    assertBegins("configuration must hold at least one spiking", () -> AsfBackprop.applyTo(stock));
  }
}
