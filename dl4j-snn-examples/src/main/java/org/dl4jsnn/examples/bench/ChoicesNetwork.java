package org.dl4jsnn.examples.bench;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** A small network for digits, 12C5-AP2-24C5-AP2-100-10, and its options. */
final class ChoicesNetwork {

  private static final long SEED = 1;

  int steps = 10;
  double threshold = 1;
  boolean poisson;
  double gain = 1;
  double learningRate = 1e-3;
  CurrentNormalization normalization;
  Reset reset = Reset.toZero();
  boolean crossEntropy;
  BackpropRule rule = new AsfBackprop();

  MultiLayerNetwork build() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(SEED)
            .updater(new Adam(learningRate))
            .list()
            .layer(encoding())
            .layer(convolution("conv1", 12))
            .layer(pooling("pool1"))
            .layer(convolution("conv2", 24))
            .layer(pooling("pool2"))
            .layer(
                new SpikingDense.Builder()
                    .name("dense")
                    .nOut(100)
                    .threshold(threshold)
                    .reset(reset)
                    .normalization(normalization)
                    .build())
            .layer(readOut())
            .setInputType(InputType.convolutionalFlat(Digits.SIDE, Digits.SIDE, 1))
            .build();
    BackpropRules.apply(configuration, rule);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private SpikeEncoding encoding() {
    SpikeEncoding.Builder builder =
        poisson ? SpikeEncoding.poisson(steps) : SpikeEncoding.direct(steps);
    return builder.gain(gain).build();
  }

  private SpikingConvolution2D convolution(String name, int channels) {
    return new SpikingConvolution2D.Builder(5, 5)
        .name(name)
        .nOut(channels)
        .threshold(threshold)
        .reset(reset)
        .normalization(normalization)
        .build();
  }

  private SpikingPooling2D pooling(String name) {
    return new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).name(name).reset(reset).build();
  }

  private OutputLayer readOut() {
    return new OutputLayer.Builder(crossEntropy ? new LossMCXENT() : new LossL2())
        .nOut(Digits.CLASSES)
        .activation(crossEntropy ? Activation.SOFTMAX : Activation.IDENTITY)
        .build();
  }
}
