package org.dl4jsnn.asf;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.dl4jsnn.conf.ChannelsFirst;
import org.dl4jsnn.conf.DecoupledWeightDecay;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.ReadOutActivation;
import org.dl4jsnn.conf.SeriesToFrames;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingConvolution1D;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDepthwiseConvolution2D;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.conf.SpikingRecurrent;
import org.dl4jsnn.conventional.FastBatchNormalization;
import org.dl4jsnn.conventional.FastConvolution2D;
import org.dl4jsnn.encode.LatencyEncoder;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.IntegerSynapticNeuron;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.regularize.FiringRateRegularization;
import org.dl4jsnn.regularize.SynapticOperationsRegularization;
import org.dl4jsnn.train.CosineSchedule;
import org.dl4jsnn.zoo.ImageNetwork;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * What a version saves for later ones to load: small networks that have, together, every class that
 * a configuration can name, and settings that differ from the defaults.
 */
final class ModelsToSave {

  static final int CLASSES = 3;

  private static final int SIZE = 6;
  private static final int STEPS = 6;

  private ModelsToSave() {}

  /** A fresh network, with the shape of a minibatch of features for it. */
  record ModelToSave(String name, Model network, long... features) {}

  static List<ModelToSave> all() {
    return List.of(
        new ModelToSave("asf", images(new AsfBackprop()), 6, 1, SIZE, SIZE),
        new ModelToSave("channels-last", channelsLast(), 6, SIZE, SIZE, 2),
        new ModelToSave("conventional", conventional(), 6, 1, SIZE, SIZE),
        new ModelToSave("delay", delay(), 6, 8, STEPS),
        new ModelToSave("delta", delta(), 6, 3, STEPS),
        new ModelToSave("dialects", dialects(), 6, 12),
        new ModelToSave("direct", direct(), 6, 12),
        new ModelToSave("frames", frames(), 6, 2, STEPS, SIZE, SIZE),
        new ModelToSave("gated", gated(), 6, 1, SIZE, SIZE),
        new ModelToSave("global", global(), 6, 3, SIZE, SIZE),
        new ModelToSave("graph", graph(), 6, 1, SIZE, SIZE),
        new ModelToSave("integers", integers(), 6, 12),
        new ModelToSave("latency", latency(), 6, 12),
        new ModelToSave("neurons", neurons(), 6, 12),
        new ModelToSave("rate", images(new RateBackprop()), 6, 1, SIZE, SIZE),
        new ModelToSave("read-out", readOut(), 6, 8, STEPS),
        new ModelToSave("recurrent", recurrent(), 6, 2 * 4 * 3, STEPS),
        new ModelToSave("rows", rows(), 6, 2, 1, 4 * SIZE),
        new ModelToSave("schedule", scheduled(), 6, SIZE * SIZE),
        new ModelToSave("sequences", sequences(), 6, 8, STEPS),
        new ModelToSave("spatio-temporal", images(new SpatioTemporalBackprop()), 6, 1, SIZE, SIZE),
        new ModelToSave("synaptic-integers", synapticIntegers(), 6, 12),
        new ModelToSave("synaptic-read-out", synapticReadOut(), 6, 8, STEPS),
        new ModelToSave("zoo", zoo(), 6, SIZE * SIZE));
  }

  private static Model images(BackpropRule rule) {
    return network(
        rule,
        InputType.convolutional(SIZE, SIZE, 1),
        SpikeEncoding.poisson(STEPS).gain(0.8).build(),
        new SpikingConvolution2D.Builder(3, 3)
            .nOut(4)
            .normalization(new CurrentNormalization())
            .reset(Reset.bySubtraction())
            .build(),
        new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).threshold(0.5).build(),
        new SpikingConvolution2D.Builder(2, 2).nOut(5).hasBias(true).leak(0.9).build(),
        new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build(),
        new SpikingDropout.Builder().retain(0.9).build(),
        new SpikingDense.Builder()
            .nOut(8)
            .threshold(0.5)
            .reset(Reset.to(-0.1))
            .initialMembrane(0.2)
            .build());
  }

  /** As a conversion of a network from Keras has it. */
  private static Model channelsLast() {
    return network(
        new AsfBackprop(),
        settings()
            .list()
            .layer(SpikeEncoding.direct(STEPS).build())
            .inputPreProcessor(0, new ChannelsFirst())
            .layer(
                new SpikingConvolution2D.Builder(3, 3)
                    .nOut(4)
                    .hasBias(true)
                    .reset(Reset.bySubtraction())
                    .initialMembrane(0.5)
                    .build())
            .layer(classifier())
            .setInputType(InputType.convolutional(SIZE, SIZE, 2, CNN2DFormat.NHWC))
            .build());
  }

  private static Model conventional() {
    MultiLayerConfiguration configuration =
        SmallNetworks.configuration(
            settings(),
            InputType.convolutional(SIZE, SIZE, 1),
            new FastConvolution2D.Builder(3, 2)
                .stride(1, 2)
                .padding(1, 0)
                .nOut(4)
                .activation(Activation.RELU)
                .build(),
            new FastBatchNormalization(),
            classifier());
    DecoupledWeightDecay.applyTo(configuration, 0.01);
    return SmallNetworks.network(configuration);
  }

  private static Model direct() {
    return network(
        new AsfBackprop(
                new LinearEstimation(0.5, 0.01, 0.9),
                RefreshSchedule.everyIterations(3),
                0.8,
                false)
            .withSaturationGate(),
        settings()
            .list()
            .layer(SpikeEncoding.direct(STEPS).gain(1.5).build())
            .layer(
                new SpikingDense.Builder()
                    .nOut(10)
                    .normalization(
                        new CurrentNormalization()
                            .startingAt(0.5, 0.4)
                            .withDecay(0.8)
                            .withEpsilon(1e-4))
                    .leak(0.8)
                    .build())
            .layer(new SpikingDense.Builder().nOut(8).hasBias(true).threshold(0.5).build())
            .layer(
                new OutputLayer.Builder(new LossL2())
                    .nOut(CLASSES)
                    .activation(new ReadOutActivation(0.5))
                    .hasBias(false)
                    .build())
            .setInputType(InputType.feedForward(12))
            .build());
  }

  private static Model frames() {
    return network(
        new SpatioTemporalBackprop(Surrogate.triangular(0.7)).withDetachedReset(),
        InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, STEPS, SIZE, SIZE, 2),
        SpikeEncoding.frames().build(),
        new SpikingConvolution2D.Builder(3, 2)
            .nOut(4)
            .stride(2, 1)
            .padding(1, 2)
            .dilation(1, 2)
            .threshold(0.5)
            .build(),
        new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).stride(1, 1).build(),
        new SpikingDense.Builder().nOut(12).threshold(0.5).build());
  }

  private static Model delay() {
    return network(
        new SpatioTemporalBackprop(),
        InputType.recurrent(8, STEPS),
        SpikeEncoding.frames().build(),
        new SpikingDelay.Builder().steps(1).build(),
        new SpikingDense.Builder().nOut(8).leak(0.7).threshold(0.5).build(),
        new SpikingDelay.Builder().steps(0, 1, 2, 0, 1, 2, 0, 1).build(),
        new SpikingDense.Builder().nOut(6).threshold(0.5).build());
  }

  private static Model delta() {
    return network(
        new SpatioTemporalBackprop(),
        InputType.recurrent(3, STEPS),
        SpikeEncoding.delta(0.2).build(),
        new SpikingDense.Builder()
            .nOut(8)
            .threshold(0.5)
            .firingRateRegularization(new FiringRateRegularization(0.1, 0.3, 0.5))
            .build(),
        new SpikingDense.Builder()
            .nOut(6)
            .threshold(0.5)
            .synapticOperationsRegularization(new SynapticOperationsRegularization(1e-4))
            .build());
  }

  private static Model latency() {
    return network(
        new AsfBackprop(),
        InputType.feedForward(12),
        SpikeEncoding.by(
                LatencyEncoder.logarithmic(STEPS)
                    .withGain(0.9)
                    .withThreshold(0.05)
                    .withTimeConstants(4)
                    .withSteps(STEPS + 2))
            .population(4, -0.5, 1.5)
            .build(),
        new SpikingDense.Builder().nOut(8).threshold(0.5).build());
  }

  private static Model sequences() {
    return network(
        new SpatioTemporalBackprop(Surrogate.sigmoid(0.3)).withSegments(2),
        InputType.recurrent(8, STEPS),
        SpikeEncoding.frames().build(),
        new SpikingDense.Builder().nOut(8).leak(0.7).build());
  }

  /** Neurons as other programs run them, of first and second order. */
  private static Model dialects() {
    int[] eight = {8};
    NirTensor one = NirTensor.full(eight, 1);
    NirTensor zero = NirTensor.full(eight, 0);
    NirTensor threshold = NirTensor.of(eight, 0.2f, 0.25f, 0.3f, 0.2f, 0.25f, 0.3f, 0.2f, 0.25f);
    NirTensor tau = NirTensor.full(eight, 0.004f);
    NirNeurons leaky = new NirNeurons.LIF(tau, one, zero, threshold, zero);
    NirNeurons current = new NirNeurons.CubaLIF(tau, tau, one, zero, threshold, zero, one);
    return network(
        new SpatioTemporalBackprop(),
        InputType.feedForward(12),
        SpikeEncoding.direct(STEPS).gain(3).build(),
        new SpikingDense.Builder()
            .nOut(8)
            .neuron(NirDialect.exact().withTimeStep(0.001).neuron("lif", leaky))
            .build(),
        new SpikingDense.Builder()
            .nOut(8)
            .neuron(NirDialect.norse().neuron("cuba", current))
            .build());
  }

  /** Neurons of every kind, and what they learn. */
  private static Model neurons() {
    SpikingNeuron soft =
        SpikingNeuron.leakyIntegrateAndFire(0.3, 0.9).withReset(Reset.bySubtraction());
    return network(
        new SpatioTemporalBackprop(),
        InputType.feedForward(12),
        SpikeEncoding.direct(STEPS).gain(1.5).build(),
        new SpikingDense.Builder()
            .nOut(10)
            .neuron(new SynapticNeuron(soft, 0.6))
            .learnPerChannel(NeuronParameter.SYNAPTIC_DECAY)
            .learnPerLayer(NeuronParameter.THRESHOLD)
            .build(),
        new SpikingDense.Builder()
            .nOut(9)
            .neuron(new AdaptiveNeuron(soft, 0.2, 0.8))
            .learnPerLayer(NeuronParameter.ADAPTATION_STRENGTH, NeuronParameter.ADAPTATION_DECAY)
            .build(),
        new SpikingDense.Builder().nOut(8).neuron(new RefractoryNeuron(soft, 1)).build(),
        new SpikingDense.Builder()
            .nOut(8)
            .threshold(0.3)
            .leak(0.8)
            .learnPerChannel(NeuronParameter.LEAK)
            .build());
  }

  private static Model integers() {
    return network(
        new SpatioTemporalBackprop(),
        InputType.feedForward(12),
        SpikeEncoding.direct(STEPS).gain(1.5).build(),
        new SpikingDense.Builder()
            .nOut(10)
            .neuron(
                new IntegerNeuron(
                    new int[] {1}, new int[] {4096}, true, new int[] {0}, new int[] {0}))
            .build());
  }

  private static Model synapticIntegers() {
    IntegerNeuron membrane =
        new IntegerNeuron(
            new int[] {1}, new int[] {4000}, true, new int[] {0}, new int[] {0}, true);
    return network(
        new SpatioTemporalBackprop(),
        InputType.feedForward(12),
        SpikeEncoding.direct(STEPS).gain(1.5).build(),
        new SpikingDense.Builder()
            .nOut(10)
            .neuron(new IntegerSynapticNeuron(membrane, new int[] {2048}))
            .build());
  }

  private static Model gated() {
    return network(
        new AsfBackprop(),
        InputType.convolutional(SIZE, SIZE, 1),
        SpikeEncoding.poisson(STEPS).build(),
        new SpikingConvolution2D.Builder(3, 3).nOut(6).threshold(0.3).build(),
        new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).gated(true).build(),
        new SpikingConvolution2D.Builder(2, 2).nOut(8).threshold(0.3).build(),
        new SpikingGlobalPooling.Builder(PoolingType.MAX).gated(true).build());
  }

  private static Model global() {
    return network(
        new SpatioTemporalBackprop(),
        InputType.convolutional(SIZE, SIZE, 3),
        SpikeEncoding.poisson(STEPS).build(),
        new SpikingDepthwiseConvolution2D.Builder(3, 2)
            .depthMultiplier(2)
            .stride(1, 2)
            .hasBias(true)
            .threshold(0.4)
            .build(),
        new SpikingGlobalPooling.Builder(PoolingType.AVG).build(),
        new SpikingDense.Builder().nOut(8).threshold(0.2).build());
  }

  private static Model rows() {
    return network(
        new AsfBackprop(),
        InputType.convolutional(1, 4 * SIZE, 2),
        SpikeEncoding.poisson(STEPS).build(),
        new SpikingConvolution1D.Builder(5).nOut(4).stride(2).dilation(2).threshold(0.5).build(),
        new SpikingPooling2D.Builder(PoolingType.SUM, 1, 3).build(),
        new SpikingDense.Builder().nOut(8).threshold(0.5).build());
  }

  private static Model recurrent() {
    return network(
        new SpatioTemporalBackprop(),
        settings()
            .list()
            .layer(SpikeEncoding.frames().build())
            .inputPreProcessor(0, new SeriesToFrames(2, 4, 3))
            .layer(new SpikingConvolution2D.Builder(3, 3).nOut(3).threshold(0.5).build())
            .layer(new SpikingRecurrent.Builder().nOut(7).threshold(0.5).leak(0.8).build())
            .layer(new SpikingRecurrent.Builder().nOut(6).oneToOne(true).hasBias(true).build())
            .layer(classifier())
            .setInputType(InputType.recurrent(2 * 4 * 3, STEPS))
            .build());
  }

  private static Model readOut() {
    return readOut(new LeakyReadOut.Builder().leak(0.8));
  }

  private static Model synapticReadOut() {
    return readOut(new LeakyReadOut.Builder().leaks(0.8, 0.5, 0.9, 1, 0).synapticDecay(0.6));
  }

  private static Model readOut(LeakyReadOut.Builder readOut) {
    return network(
        new SpatioTemporalBackprop(),
        InputType.recurrent(8, STEPS),
        SpikeEncoding.frames().masked(true).build(),
        new SpikingDense.Builder().nOut(8).threshold(0.5).leak(0.7).build(),
        readOut.nOut(5).hasBias(true).reads(MembraneReadOut.MEAN).build());
  }

  /** A residual block, then two branches that meet; every layer has its own rule. */
  private static Model graph() {
    ComputationGraphConfiguration configuration =
        settings()
            .graphBuilder()
            .addInputs("pictures")
            .setInputTypes(InputType.convolutional(SIZE, SIZE, 1))
            .addLayer(
                "encoding",
                SpikeEncoding.poisson(STEPS).freshInferenceNoise(true).build(),
                "pictures")
            .addLayer("stem", convolution(Surrogate.rectangular(0.8)).build(), "encoding")
            .addLayer("block", convolution(Surrogate.fastSigmoid(0.5)).build(), "stem")
            .addVertex("sum", new SpikingAdd(), "stem", "block")
            .addLayer(
                "left",
                new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2)
                    .threshold(0.25)
                    .backprop(new AsfBackprop())
                    .build(),
                "sum")
            .addLayer("right", convolution(Surrogate.arctan(2)).stride(2, 2).build(), "sum")
            .addVertex("both", new SpikingConcatenate(), "left", "right")
            .addLayer(
                "dense",
                new SpikingDense.Builder()
                    .nOut(12)
                    .threshold(0.25)
                    .backprop(new RateBackprop(Surrogate.arctan(0.5)).withDetachedReset())
                    .build(),
                "both")
            .addLayer("classifier", classifier(), "dense")
            .setOutputs("classifier")
            .build();
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    return graph;
  }

  private static SpikingConvolution2D.Builder convolution(Surrogate surrogate) {
    return new SpikingConvolution2D.Builder(3, 3)
        .nOut(3)
        .threshold(0.25)
        .backprop(new SpatioTemporalBackprop(surrogate));
  }

  private static Model zoo() {
    return small().init();
  }

  private static Model scheduled() {
    return small().updater(new Adam(new CosineSchedule(1e-3, 5, 100))).init();
  }

  private static ImageNetwork small() {
    return SpikingNetworks.lenet5()
        .layers("4C3-AP2-12")
        .input(InputType.convolutionalFlat(SIZE, SIZE, 1))
        .classes(CLASSES)
        .steps(STEPS)
        .gain(1)
        .threshold(0.5)
        .poolingThreshold(0.25);
  }

  private static NeuralNetConfiguration.Builder settings() {
    return new NeuralNetConfiguration.Builder().seed(1).updater(new Adam(1e-3));
  }

  private static OutputLayer classifier() {
    return new OutputLayer.Builder(new LossMCXENT())
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** The layers, and a classifier on them. */
  private static Model network(BackpropRule rule, InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = settings().list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    return network(rule, list.layer(classifier()).setInputType(input).build());
  }

  private static Model network(BackpropRule rule, MultiLayerConfiguration configuration) {
    BackpropRules.apply(configuration, rule);
    return SmallNetworks.network(configuration);
  }
}
