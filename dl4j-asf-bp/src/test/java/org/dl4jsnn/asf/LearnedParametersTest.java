package org.dl4jsnn.asf;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.Networks;
import org.dl4jsnn.balance.FiringRateBalance;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.LayerPass;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.monitor.SpikeProbe;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.property.CustomNeuron;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;

/** Leaks, decays and thresholds that layers learn: trained, bounded, saved, refused. */
class LearnedParametersTest {

  private static final DataSet DATA = LearningNeurons.data(40);
  private static final SpikingNeuron LEAKY = SpikingNeuron.leakyIntegrateAndFire(0.6, 0.9);
  private static final DifferentiableDynamics SYNAPTIC = new SynapticNeuron(LEAKY, 0.5);

  static List<DifferentiableDynamics> neurons() {
    return LearningNeurons.all();
  }

  private static MultiLayerNetwork network(DifferentiableDynamics neuron, boolean perChannel) {
    return LearningNeurons.network(
        neuron, new SpatioTemporalBackprop(), perChannel, DataType.FLOAT);
  }

  private static List<NeuronParameter> learned(MultiLayerNetwork network) {
    BaseSpikingLayer layer = (BaseSpikingLayer) network.getLayer(1).conf().getLayer();
    return layer.learnedNeuron(network.getLayer(1).paramTable()).parameters().stream()
        .filter(NeuronParameter::isLearned)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("neurons")
  void shouldBeginWithTheNeuronsValuesAndLearn(DifferentiableDynamics neuron) {
    for (BackpropRule rule : List.of(new SpatioTemporalBackprop(), new RateBackprop())) {
      MultiLayerNetwork network = LearningNeurons.network(neuron, rule, true, DataType.FLOAT);
      MultiLayerNetwork fixed =
          LearningNeurons.network(
              new SpikingDense.Builder().nOut(LearningNeurons.NEURONS).neuron(neuron),
              DataType.FLOAT);
      assertSameBits(fixed.output(DATA.getFeatures()), network.output(DATA.getFeatures()));
      List<NeuronParameter> start = learned(network);
      for (int p = 0; p < start.size(); p++) {
        double expected = value(neuron, start.get(p).name());
        for (double value : start.get(p).ofChannels(LearningNeurons.NEURONS)) {
          assertEquals(expected, value, 1e-6);
        }
      }
      assertLearns(network);
      List<NeuronParameter> end = learned(network);
      for (int p = 0; p < start.size(); p++) {
        assertNotEquals(start.get(p), end.get(p));
      }
    }
  }

  private static double value(DifferentiableDynamics neuron, String name) {
    return neuron.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow()
        .mean();
  }

  @ParameterizedTest
  @MethodSource("neurons")
  void shouldStayWithinBoundsWhateverTheStep(DifferentiableDynamics neuron) {
    for (double rate : new double[] {1e4, -1e4}) {
      MultiLayerNetwork network = network(neuron, true);
      network.setLearningRate(rate);
      for (int i = 0; i < 3; i++) {
        network.fit(DATA);
        for (NeuronParameter parameter : learned(network)) {
          for (double value : parameter.ofChannels(LearningNeurons.NEURONS)) {
            assertTrue(value > 0 && Float.isFinite((float) value), parameter.toString());
            assertTrue(value <= 1 || !parameter.name().contains("ea"), parameter.toString());
          }
        }
        assertTrue(Double.isFinite(network.score(DATA)));
      }
    }
  }

  @Test
  void shouldTravelThroughTransferLearning() {
    MultiLayerNetwork network = network(SYNAPTIC, true);
    for (int i = 0; i < 5; i++) {
      network.fit(DATA);
    }
    List<NeuronParameter> before = learned(network);
    MultiLayerNetwork frozen =
        new TransferLearning.Builder(network)
            .fineTuneConfiguration(new FineTuneConfiguration.Builder().updater(new Sgd(1)).build())
            .setFeatureExtractor(1)
            .build();
    INDArray free = frozen.getLayer(1).getParam("freeLeak").dup();
    frozen.fit(DATA);
    assertEquals(free, frozen.getLayer(1).getParam("freeLeak"));
    assertEquals(network.getLayer(1).getParam("freeLeak"), free);
    MultiLayerNetwork wider =
        new TransferLearning.Builder(network).nOutReplace(1, 30, WeightInit.RELU).build();
    assertEquals(30, wider.getLayer(1).getParam("freeThreshold").length());
    wider.fit(DATA);
    assertEquals(before, learned(network));
    assertEquals(before, learned(BackpropRules.swap(network, new RateBackprop())), "another rule");
    assertNotEquals(
        network(SYNAPTIC, false).getLayerWiseConfigurations(),
        network(SYNAPTIC, true).getLayerWiseConfigurations());
  }

  /** Weights are drawn to zero; a leak is not a weight. */
  @Test
  void shouldNotBeRegularised() {
    MultiLayerNetwork network = network(LEAKY, false);
    BaseSpikingLayer layer = (BaseSpikingLayer) network.getLayer(1).conf().getLayer();
    layer.setRegularization(List.of(new L2Regularization(1)));
    assertFalse(layer.getRegularizationByParam("W").isEmpty());
    List<?> ofLeak = layer.getRegularizationByParam("freeLeak");
    assertTrue(ofLeak == null || ofLeak.isEmpty());
  }

  @Test
  void shouldLearnInConvolutionsAndPoolingWithNormalisation() {
    for (BackpropRule rule : List.of(new SpatioTemporalBackprop(), new RateBackprop())) {
      MultiLayerNetwork network =
          Networks.of(
              SmallNetworks.settings(),
              InputType.convolutional(8, 8, 1),
              SpikeEncoding.poisson(8).build(),
              new SpikingConvolution2D.Builder(3, 3)
                  .nOut(4)
                  .leak(0.8)
                  .normalization(new CurrentNormalization())
                  .learnPerChannel(NeuronParameter.LEAK)
                  .learnPerLayer(NeuronParameter.THRESHOLD)
                  .backprop(rule)
                  .build(),
              new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2)
                  .threshold(0.3)
                  .learnPerChannel(NeuronParameter.THRESHOLD)
                  .backprop(rule)
                  .build(),
              SmallNetworks.readOut());
      assertArrayEquals(new long[] {4}, network.getLayer(1).getParam("freeLeak").shape());
      assertArrayEquals(new long[] {1}, network.getLayer(1).getParam("freeThreshold").shape());
      assertArrayEquals(new long[] {4}, network.getLayer(2).getParam("freeThreshold").shape());
      INDArray before = network.params().dup();
      network.fit(SmallNetworks.images(12, 3));
      for (String key : List.of("1_freeLeak", "1_freeThreshold", "2_freeThreshold")) {
        INDArray gradient = network.gradient().getGradientFor(key);
        assertTrue(gradient.norm2Number().doubleValue() > 0, key + " under " + rule);
      }
      assertNotEquals(before, network.params());
    }
  }

  @Test
  void shouldLearnAThresholdByAccumulatedFlow() {
    MultiLayerNetwork network =
        LearningNeurons.thresholds(SYNAPTIC, new AsfBackprop(), true, DataType.FLOAT);
    assertLearns(network);
  }

  private static void assertLearns(MultiLayerNetwork network) {
    double before = network.score(DATA);
    double after = before;
    for (int i = 0; i < 6 && after >= 0.8 * before; i++) {
      for (int k = 0; k < 10; k++) {
        network.fit(DATA);
      }
      after = network.score(DATA);
    }
    assertTrue(after < 0.8 * before, before + " became " + after);
  }

  @Test
  void shouldShowWhatWasLearnedToProbes() {
    MultiLayerNetwork network = network(LEAKY, false);
    for (int i = 0; i < 20; i++) {
      network.fit(DATA);
    }
    String name = network.getLayer(1).conf().getLayer().getLayerName();
    SpikingNeuron seen =
        SpikeProbe.of(network).membranes(name).record(DATA.getFeatures()).neuron(name);
    assertEquals(learned(network).get(0).mean(), seen.threshold());
    assertEquals(learned(network).get(1).mean(), seen.leak());
    assertNotEquals(LEAKY.threshold(), seen.threshold());
  }

  @Test
  void shouldRefuseWhatARuleCannotDerive() {
    assertRefused(
        () -> LearningNeurons.network(LEAKY, new AsfBackprop(), false, DataType.FLOAT),
        "layer 'layer1' (SpikingDense): leak must not be learned under AsfBackprop",
        "does not show what a neuron keeps from step to step",
        "Use SpatioTemporalBackprop");
    for (DifferentiableDynamics neuron :
        List.of(
            new AdaptiveNeuron(LEAKY, 0.1, 0.9),
            LEAKY.withReset(Reset.to(-0.1)),
            new SpikingNeuron(1, 1, Reset.toZero(), 0.5))) {
      assertRefused(
          () -> LearningNeurons.thresholds(neuron, new AsfBackprop(), false, DataType.FLOAT),
          "threshold must not be learned under AsfBackprop",
          "only if spikes stay the same when currents and threshold grow by the same factor");
    }
    assertRefused(
        () -> LearningNeurons.network(LEAKY, new Careless(), false, DataType.FLOAT),
        "threshold must not be learned under Careless[]",
        "The rule finds no gradients of neurons' parameters");
    MultiLayerNetwork network = network(LEAKY, true);
    assertRefused(
        () -> BackpropRules.swap(network, new AsfBackprop()), "must not be learned under Asf");
  }

  /** A rule that does not change neurons. */
  private record Careless() implements BackpropRule {
    private static final long serialVersionUID = 1L;

    @Override
    public INDArray backprop(LayerPass pass, INDArray rateGradient) {
      return pass.propagate(rateGradient);
    }
  }

  @Test
  void shouldRefuseWhatCannotBeLearned() {
    assertRefused(
        () -> new SpikingDense.Builder().nOut(3).learnPerLayer(NeuronParameter.LEAK).build(),
        "leak must begin between 0.0 and 1.0 to be learned, got 1.0");
    assertRefused(
        () -> new SpikingDense.Builder().nOut(3).learnPerLayer("tau").build(),
        "learned parameter must be one of [threshold, leak], which the neuron can learn, got"
            + " 'tau'");
    assertRefused(
        () ->
            new SpikingDense.Builder()
                .nOut(3)
                .learnPerLayer(NeuronParameter.THRESHOLD)
                .learnPerChannel(NeuronParameter.THRESHOLD)
                .build(),
        "a parameter must be learned once, per layer or per channel, got 'threshold' twice");
    assertRefused(
        () ->
            new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2)
                .learnPerLayer(NeuronParameter.THRESHOLD)
                .build(),
        "learned parameters must not be set on MAX pooling");
    assertRefused(
        () ->
            new SpikingDense.Builder()
                .nOut(3)
                .neuron(new CustomNeuron(1, 1))
                .learnPerLayer(NeuronParameter.THRESHOLD)
                .build(),
        "learned parameter must be one of []");
  }

  @Test
  void shouldRefuseToSetWhatANetworkLearns() {
    MultiLayerNetwork network = network(LEAKY, false);
    BaseSpikingLayer layer = (BaseSpikingLayer) network.getLayer(1).conf().getLayer();
    layer.setNeuron(LEAKY.withReset(Reset.bySubtraction()));
    assertRefused(
        () -> layer.setNeuron(new RefractoryNeuron(LEAKY, 2)),
        "the neuron must stay of the same kind after a network was built",
        "(RefractoryNeuron) instead of threshold 0.");
    NeuronDynamics learned = layer.learnedNeuron(network.getLayer(1).paramTable());
    assertRefused(
        () -> layer.setNeuron(learned),
        "neuron must have initial values, got those that a layer has learned");
    assertRefused(
        () -> layer.setNeuron(LEAKY.withThreshold(0.3)),
        "threshold must not change after a network was built from the configuration",
        "Set parameter freeThreshold");
    assertRefused(
        () -> new FiringRateBalance(0.2).thresholds(network, DATA.getFeatures()),
        "must have a fixed threshold to balance, got one that the network learns");
  }

  @Test
  void shouldSayWhereGradientsBecameInfinite() {
    MultiLayerNetwork network = network(LEAKY, true);
    network.getLayer(1).getParam("freeLeak").putScalar(3, Double.NaN);
    assertRefused(
        () -> network.output(DATA.getFeatures()),
        "layer 'layer1' (SpikingDense): learned leak must come from a finite number, got NaN");
  }
}
