package org.dl4jsnn.examples.guide;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution1D;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.deploy.NormalizationFolding;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.regularize.FiringRateRegularization;
import org.dl4jsnn.regularize.SynapticOperationsRegularization;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Networks, layers, neurons and rules, as shown in docs/train.md and docs/time.md. */
final class LayerChoices {

  private LayerChoices() {}

  static MultiLayerConfiguration columns(int steps, int positions, int classes) {
    // begin columns
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(1e-3))
            .list()
            .layer(SpikeEncoding.frames().build())
            .layer(new SpikingConvolution1D.Builder(9).nOut(16).stride(4).leak(0.9).build())
            .layer(new SpikingPooling2D.Builder(PoolingType.SUM, 1, 5).build())
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(classes)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(
                InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, steps, 1, positions, 1))
            .build();
    // end columns
    return configuration;
  }

  static MultiLayerConfiguration dropout(int inputs, int classes) {
    // begin dropout
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(1e-3))
            .list()
            .layer(SpikeEncoding.direct(10).build())
            .layer(new SpikingDense.Builder().nOut(800).build())
            .layer(new SpikingDropout.Builder().retain(0.8).build()) // probability of keeping
            .layer(new SpikingDense.Builder().nOut(128).build())
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(classes)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.feedForward(inputs))
            .build();
    // end dropout
    return configuration;
  }

  static SpikingConvolution2D normalised() {
    // begin normalised
    SpikingConvolution2D normalised =
        new SpikingConvolution2D.Builder(3, 3)
            .nOut(64)
            .threshold(2)
            .normalization(new CurrentNormalization()) // instead of a bias; under any rule
            .build();
    // end normalised
    return normalised;
  }

  static SpikingConvolution2D regularised() {
    // begin regularised
    SpikingConvolution2D regularised =
        new SpikingConvolution2D.Builder(3, 3)
            .nOut(64)
            // Every neuron between 2 and 30 %.
            .firingRateRegularization(new FiringRateRegularization(0.02, 0.3, 1e-2))
            // What an addition costs.
            .synapticOperationsRegularization(new SynapticOperationsRegularization(1e-8))
            .build();
    // end regularised
    return regularised;
  }

  static MultiLayerNetwork train(DataSetIterator train, int epochs) {
    // begin network
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(8.5e-4))
            .l2(5e-4)
            .miniBatch(false)
            .list()
            .layer(SpikeEncoding.poisson(100).gain(0.5).build()) // T = 100 time steps
            .layer(new SpikingConvolution2D.Builder(5, 5).nOut(20).threshold(1.0).build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).threshold(0.75).build())
            .layer(new SpikingConvolution2D.Builder(5, 5).nOut(50).threshold(1.0).build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).threshold(0.75).build())
            .layer(new SpikingDense.Builder().nOut(200).threshold(1.0).build())
            .layer(
                new OutputLayer.Builder(new LossL2())
                    .nOut(10)
                    .activation(Activation.IDENTITY)
                    .hasBias(false)
                    .build())
            .setInputType(InputType.convolutionalFlat(28, 28, 1))
            .build();
    AsfBackprop.applyTo(configuration); // without it: spatio-temporal backpropagation
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    network.fit(train, epochs);
    // end network
    return network;
  }

  static List<BaseSpikingLayer> neurons() {
    // begin neurons
    SpikingNeuron leaky =
        SpikingNeuron.leakyIntegrateAndFire(1, 0.9).withReset(Reset.bySubtraction());
    SpikingDense synaptic =
        new SpikingDense.Builder().nOut(100).neuron(new SynapticNeuron(leaky, 0.7)).build();
    SpikingDense adaptive =
        new SpikingDense.Builder().nOut(100).neuron(new AdaptiveNeuron(leaky, 0.2, 0.95)).build();
    SpikingDense refractory =
        new SpikingDense.Builder().nOut(100).neuron(new RefractoryNeuron(leaky, 2)).build();
    // end neurons
    return List.of(synaptic, adaptive, refractory);
  }

  static List<BaseSpikingLayer> learningNeurons() {
    // begin learning
    SpikingConvolution2D convolution =
        new SpikingConvolution2D.Builder(3, 3)
            .nOut(32)
            .leak(0.9)
            .learnPerChannel(NeuronParameter.LEAK) // 32 leaks, all starting at 0.9
            .learnPerLayer(NeuronParameter.THRESHOLD) // one threshold
            .build();
    SpikingDense dense =
        new SpikingDense.Builder()
            .nOut(100)
            .neuron(new SynapticNeuron(SpikingNeuron.leakyIntegrateAndFire(1, 0.9), 0.7))
            .learnPerLayer(NeuronParameter.LEAK, NeuronParameter.SYNAPTIC_DECAY)
            .build();
    // end learning
    return List.of(convolution, dense);
  }

  static List<NeuronParameter> learned(MultiLayerNetwork network, int layer) {
    // begin learned
    var trained = network.getLayer(layer);
    BaseSpikingLayer configuration = (BaseSpikingLayer) trained.conf().getLayer();
    List<NeuronParameter> parameters =
        configuration.learnedNeuron(trained.paramTable()).parameters();
    // end learned
    return parameters;
  }

  static List<BackpropRule> apply(MultiLayerConfiguration configuration) {
    // begin rules
    BackpropRule triangular = new SpatioTemporalBackprop(Surrogate.triangular(0.5));
    BackpropRule segmented = new SpatioTemporalBackprop().withAttachedReset().withSegments(20);
    BackpropRule gated = new AsfBackprop().withSaturationGate();
    BackpropRules.apply(configuration, gated); // or one of the others
    // end rules
    return List.of(triangular, segmented, gated);
  }

  static List<MultiLayerConfiguration> configurations() {
    // begin ready
    MultiLayerNetwork network = SpikingNetworks.lenet5().steps(20).updater(new Adam(1e-3)).init();
    MultiLayerConfiguration configuration =
        SpikingNetworks.vgg7()
            .layers("32C3-AP2-64C3-AP2-256")
            .normalization(new CurrentNormalization())
            .configuration();
    // end ready
    return List.of(network.getLayerWiseConfigurations(), configuration);
  }

  /** The classes of digits [minibatch, 784] in [0, 1], light on dark. */
  static INDArray recognise(INDArray digits) {
    // begin pretrained
    MultiLayerNetwork network = SpikingNetworks.lenet5().pretrained();
    // digits: [minibatch, 784] in [0, 1], light on dark
    INDArray classes = network.output(digits).argMax(1);
    // end pretrained
    return classes;
  }

  /** The network of {@link #recognise}, trained further. */
  static MultiLayerNetwork trainFurther(DataSetIterator digits) {
    // begin further
    MultiLayerNetwork network =
        NormalizationFolding.unfold(
            SpikingNetworks.lenet5().pretrained(), new CurrentNormalization(), digits);
    network.setLearningRate(1e-4);
    network.fit(digits);
    // end further
    return network;
  }
}
