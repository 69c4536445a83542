package org.dl4jsnn.property;

import static org.dl4jsnn.SameBits.assertFinite;
import static org.dl4jsnn.property.WildPlan.Setting.BIAS;
import static org.dl4jsnn.property.WildPlan.Setting.DILATION;
import static org.dl4jsnn.property.WildPlan.Setting.FEATURE;
import static org.dl4jsnn.property.WildPlan.Setting.FEATURE_CHANNELS;
import static org.dl4jsnn.property.WildPlan.Setting.FEATURE_HEIGHT;
import static org.dl4jsnn.property.WildPlan.Setting.FREE_LEAK;
import static org.dl4jsnn.property.WildPlan.Setting.FREE_THRESHOLD;
import static org.dl4jsnn.property.WildPlan.Setting.GAIN;
import static org.dl4jsnn.property.WildPlan.Setting.INITIAL_MEMBRANE;
import static org.dl4jsnn.property.WildPlan.Setting.INITIAL_SLOPE;
import static org.dl4jsnn.property.WildPlan.Setting.INPUTS;
import static org.dl4jsnn.property.WildPlan.Setting.KERNEL;
import static org.dl4jsnn.property.WildPlan.Setting.LEAK;
import static org.dl4jsnn.property.WildPlan.Setting.NORMALIZATION_DECAY;
import static org.dl4jsnn.property.WildPlan.Setting.NORMALIZATION_EPSILON;
import static org.dl4jsnn.property.WildPlan.Setting.NORMALIZATION_GAIN;
import static org.dl4jsnn.property.WildPlan.Setting.NORMALIZATION_SHIFT;
import static org.dl4jsnn.property.WildPlan.Setting.OUTPUTS;
import static org.dl4jsnn.property.WildPlan.Setting.PADDING;
import static org.dl4jsnn.property.WildPlan.Setting.PERIOD;
import static org.dl4jsnn.property.WildPlan.Setting.POOLING_KERNEL;
import static org.dl4jsnn.property.WildPlan.Setting.POOLING_STRIDE;
import static org.dl4jsnn.property.WildPlan.Setting.POOLING_THRESHOLD;
import static org.dl4jsnn.property.WildPlan.Setting.RESET_VALUE;
import static org.dl4jsnn.property.WildPlan.Setting.RETAIN;
import static org.dl4jsnn.property.WildPlan.Setting.SEGMENT;
import static org.dl4jsnn.property.WildPlan.Setting.STEPS;
import static org.dl4jsnn.property.WildPlan.Setting.STRIDE;
import static org.dl4jsnn.property.WildPlan.Setting.SURROGATE_WIDTH;
import static org.dl4jsnn.property.WildPlan.Setting.THRESHOLD;
import static org.dl4jsnn.property.WildPlan.Setting.WEIGHT;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.asf.LinearEstimation;
import org.dl4jsnn.asf.RateBackprop;
import org.dl4jsnn.asf.RefreshSchedule;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Makes, queries and trains the network of a wild plan. */
final class WildNetwork {

  private static final int SAMPLES = 2;
  private static final int T = 6;
  private static final int CHANNELS = 2;
  private static final int SIDE = 6;
  private static final FeatureShape IMAGE = FeatureShape.image(CHANNELS, SIDE, SIDE);

  private final WildPlan plan;

  WildNetwork(WildPlan plan) {
    this.plan = plan;
  }

  /** Builds the network, queries it, trains it, queries it again; returns its last answer. */
  INDArray run() {
    MultiLayerNetwork network = Networks.of(configuration());
    set(network, 1, "W", WEIGHT);
    set(network, 1, "b", BIAS);
    set(network, 4, "freeLeak", FREE_LEAK);
    set(network, 4, "freeThreshold", FREE_THRESHOLD);
    INDArray features = features();
    assertFinite(network.output(features), "output");
    network.fit(new DataSet(features, Nd4j.ones(plan.precision().type, SAMPLES, 3)));
    INDArray output = network.output(features);
    assertFinite(output, "output after an update");
    assertFinite(network.params(), "parameters after an update");
    return output;
  }

  private void set(
      MultiLayerNetwork network, int layer, String parameter, WildPlan.Setting setting) {
    if (plan.setting() == setting) {
      network.getLayer(layer).getParam(parameter).putScalar(0, plan.value());
    }
  }

  private INDArray features() {
    int channels = plan.or(FEATURE_CHANNELS, CHANNELS);
    int height = plan.or(FEATURE_HEIGHT, SIDE);
    long[] axes =
        plan.encoding().inTime
            ? new long[] {SAMPLES, channels, T, Math.max(1, height), SIDE}
            : new long[] {SAMPLES, channels, Math.max(1, height), SIDE};
    axes[1] = Math.max(1, channels);
    INDArray features = Nd4j.ones(plan.precision().type, axes).muli(0.5);
    features.putScalar(0, plan.or(FEATURE, 0.25));
    return features;
  }

  private MultiLayerConfiguration configuration() {
    SpikingConvolution2D.Builder convolution =
        new SpikingConvolution2D.Builder(plan.or(KERNEL, 3), 2)
            .nOut(plan.or(OUTPUTS, 4))
            .stride(plan.or(STRIDE, 1), 1)
            .dilation(1, plan.or(DILATION, 1))
            .hasBias(true)
            .threshold(plan.or(THRESHOLD, 0.7))
            .leak(plan.or(LEAK, 0.9))
            .reset(Reset.to(plan.or(RESET_VALUE, 0.1)))
            .initialMembrane(plan.or(INITIAL_MEMBRANE, 0.2))
            .backprop(rule());
    if (plan.setting() == PADDING) {
      convolution.padding(plan.whole(), 1);
    }
    SpikingDense.Builder dense =
        new SpikingDense.Builder()
            .nOut(5)
            .neuron(neuron())
            .backprop(rule())
            .normalization(normalization());
    if (plan.setting() == FREE_LEAK) {
      dense.learnPerChannel(NeuronParameter.LEAK);
    }
    if (plan.setting() == FREE_THRESHOLD) {
      dense.learnPerLayer(NeuronParameter.THRESHOLD);
    }
    if (plan.setting() == INPUTS) {
      dense.nIn(plan.whole());
    }
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .dataType(plan.precision().type)
        .updater(new Sgd(1e-3))
        .list()
        .layer(encoding())
        .layer(convolution.build())
        .layer(
            new SpikingPooling2D.Builder(PoolingType.AVG, plan.or(POOLING_KERNEL, 2), 1)
                .stride(1, plan.or(POOLING_STRIDE, 2))
                .threshold(plan.or(POOLING_THRESHOLD, 0.4))
                .backprop(rule())
                .build())
        .layer(new SpikingDropout.Builder().retain(plan.or(RETAIN, 0.8)).build())
        .layer(dense.build())
        .layer(Networks.readOut(3))
        .setInputType(new EncodingPlan(plan.encoding(), T, 1, null).inputType(IMAGE))
        .build();
  }

  private NeuronDynamics neuron() {
    double leak = plan.setting() == FREE_LEAK ? 0.9 : 1;
    SpikingNeuron membrane =
        SpikingNeuron.leakyIntegrateAndFire(0.3, leak).withReset(Reset.bySubtraction());
    return switch (plan.setting()) {
      case SYNAPTIC_DECAY -> new SynapticNeuron(membrane, plan.value());
      case ADAPTATION_STRENGTH -> new AdaptiveNeuron(membrane, plan.value(), 0.8);
      case ADAPTATION_DECAY -> new AdaptiveNeuron(membrane, 0.1, plan.value());
      case REFRACTORY_STEPS -> new RefractoryNeuron(membrane, plan.whole());
      default -> membrane;
    };
  }

  private SpikeEncoding encoding() {
    int steps = plan.or(STEPS, T);
    SpikeEncoding.Builder builder =
        switch (plan.encoding()) {
          case POISSON -> SpikeEncoding.poisson(steps);
          case DIRECT -> SpikeEncoding.direct(steps);
          case FRAMES -> SpikeEncoding.frames();
          case LATENCY -> SpikeEncoding.latency(steps);
          case DELTA -> SpikeEncoding.delta(0.2);
          case POPULATION -> SpikeEncoding.poisson(steps).population(3, 0, 1);
        };
    return plan.setting() == GAIN ? builder.gain(plan.value()).build() : builder.build();
  }

  private BackpropRule rule() {
    return switch (plan.rule()) {
      case SPATIO_TEMPORAL, SPATIO_TEMPORAL_DENSE ->
          new SpatioTemporalBackprop(Surrogate.sigmoid(plan.or(SURROGATE_WIDTH, 0.5)))
              .withSegments(plan.or(SEGMENT, 4));
      case RATE -> new RateBackprop(Surrogate.sigmoid(plan.or(SURROGATE_WIDTH, 0.5)));
      case ASF ->
          new AsfBackprop(
              new LinearEstimation(),
              RefreshSchedule.everyIterations(plan.or(PERIOD, 1)),
              plan.or(INITIAL_SLOPE, 0.8),
              false);
    };
  }

  private CurrentNormalization normalization() {
    return new CurrentNormalization()
        .startingAt(plan.or(NORMALIZATION_GAIN, 1.0), plan.or(NORMALIZATION_SHIFT, 0.0))
        .withDecay(plan.or(NORMALIZATION_DECAY, 0.9))
        .withEpsilon(plan.or(NORMALIZATION_EPSILON, 1e-5));
  }
}
