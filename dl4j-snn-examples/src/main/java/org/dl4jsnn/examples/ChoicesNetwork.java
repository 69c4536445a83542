package org.dl4jsnn.examples;

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
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A small network over digits, 12C5-AP2-24C5-AP2-100-10, by what there is to choose.
 *
 * @param steps T
 * @param threshold θ of the weighted layers
 * @param encoding how a digit becomes spikes
 * @param gain g
 * @param learningRate of Adam
 * @param normalized whether input currents are normalised
 */
record ChoicesNetwork(
    int steps,
    double threshold,
    Encoding encoding,
    double gain,
    double learningRate,
    boolean normalized) {

  private static final long SEED = 1;

  enum Encoding {
    DIRECT,
    POISSON
  }

  /** What all others differ from in one choice. */
  static final ChoicesNetwork BASE = new ChoicesNetwork(10, 1, Encoding.DIRECT, 1, 1e-3, false);

  ChoicesNetwork withSteps(int value) {
    return new ChoicesNetwork(value, threshold, encoding, gain, learningRate, normalized);
  }

  ChoicesNetwork withThreshold(double value) {
    return new ChoicesNetwork(steps, value, encoding, gain, learningRate, normalized);
  }

  ChoicesNetwork withEncoding(Encoding value, double itsGain) {
    return new ChoicesNetwork(steps, threshold, value, itsGain, learningRate, normalized);
  }

  ChoicesNetwork withLearningRate(double value) {
    return new ChoicesNetwork(steps, threshold, encoding, gain, value, normalized);
  }

  ChoicesNetwork normalizing() {
    return new ChoicesNetwork(steps, threshold, encoding, gain, learningRate, true);
  }

  MultiLayerNetwork build() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(SEED)
            .updater(new Adam(learningRate))
            .list()
            .layer(encoder())
            .layer(convolution("conv1", 12))
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).name("pool1").build())
            .layer(convolution("conv2", 24))
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).name("pool2").build())
            .layer(
                new SpikingDense.Builder()
                    .name("dense")
                    .nOut(100)
                    .threshold(threshold)
                    .normalization(normalization())
                    .build())
            .layer(
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(Digits.CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.convolutionalFlat(Digits.SIDE, Digits.SIDE, 1))
            .build();
    AsfBackprop.applyTo(configuration);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private SpikeEncoding encoder() {
    SpikeEncoding.Builder builder =
        encoding == Encoding.DIRECT ? SpikeEncoding.direct(steps) : SpikeEncoding.poisson(steps);
    return builder.gain(gain).build();
  }

  private SpikingConvolution2D convolution(String name, int channels) {
    return new SpikingConvolution2D.Builder(5, 5)
        .name(name)
        .nOut(channels)
        .threshold(threshold)
        .normalization(normalization())
        .build();
  }

  private CurrentNormalization normalization() {
    return normalized ? new CurrentNormalization() : null;
  }
}
