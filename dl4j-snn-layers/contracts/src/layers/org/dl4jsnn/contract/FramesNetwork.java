package org.dl4jsnn.contract;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingLayerBuilder;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * A tiny network without noise: frames, convolution with bias, max pooling, average pooling, dense,
 * read-out. Weights and input are multiples of small powers of two, so that currents are exact in
 * any order of their sums.
 */
final class FramesNetwork {

  static final int STEPS = 7;
  private static final int CHANNELS = 2;
  private static final int SIZE = 7;
  private static final int CLASSES = 3;

  static final FeatureShape SHAPE = FeatureShape.image(CHANNELS, SIZE, SIZE);

  private FramesNetwork() {}

  static INDArray labels(int samples) {
    INDArray labels = Nd4j.create(samples, CLASSES);
    for (int sample = 0; sample < samples; sample++) {
      labels.putScalar(sample, sample % CLASSES, 1);
    }
    return labels;
  }

  static MultiLayerConfiguration configuration(BackpropRule rule, SpikingNeuron neuron) {
    return new NeuralNetConfiguration.Builder()
        .seed(3)
        .miniBatch(false)
        .list()
        .layer(SpikeEncoding.frames().build())
        .layer(
            with(new SpikingConvolution2D.Builder(2, 2), rule, neuron)
                .nOut(4)
                .hasBias(true)
                .build())
        .layer(new SpikingPooling2D.Builder(PoolingType.MAX, 2, 2).build())
        .layer(
            with(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).stride(1, 1), rule, neuron)
                .build())
        .layer(with(new SpikingDense.Builder(), rule, neuron).nOut(6).build())
        .layer(
            new OutputLayer.Builder(new LossL2())
                .nOut(CLASSES)
                .activation(Activation.IDENTITY)
                .hasBias(false)
                .build())
        .validateOutputLayerConfig(false)
        .setInputType(
            InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, STEPS, SIZE, SIZE, CHANNELS))
        .build();
  }

  private static <T extends SpikingLayerBuilder<T>> T with(
      T layer, BackpropRule rule, SpikingNeuron neuron) {
    return layer
        .threshold(neuron.threshold())
        .leak(neuron.leak())
        .reset(neuron.reset())
        .initialMembrane(neuron.initialMembrane())
        .backprop(rule);
  }

  static MultiLayerNetwork of(BackpropRule rule, SpikingNeuron neuron) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(rule, neuron));
    network.init();
    network.getParam("1_b").assign(0.125);
    network.params().assign(Nd4j.math().round(network.params().mul(64)).div(64));
    return network;
  }
}
