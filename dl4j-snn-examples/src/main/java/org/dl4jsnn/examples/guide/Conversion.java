package org.dl4jsnn.examples.guide;

import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.monitor.health.FiringRateListener;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** An ordinary convolutional network and its spiking version. */
public final class Conversion {

  private Conversion() {}

  /**
   * The original network: Deeplearning4j's layers, for digits of 28 x 28 pixels.
   *
   * @param seed of the weights
   * @return its configuration
   */
  public static MultiLayerConfiguration conventional(long seed) {
    // begin conventional
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .updater(new Adam(1e-3))
        .weightInit(WeightInit.RELU)
        .convolutionMode(ConvolutionMode.Same)
        .list()
        .layer(new ConvolutionLayer.Builder(5, 5).nOut(12).activation(Activation.RELU).build())
        .layer(
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build())
        .layer(new ConvolutionLayer.Builder(5, 5).nOut(24).activation(Activation.RELU).build())
        .layer(
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build())
        .layer(new DenseLayer.Builder().nOut(100).activation(Activation.RELU).build())
        .layer(
            new OutputLayer.Builder(new LossMCXENT())
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build())
        .setInputType(InputType.convolutionalFlat(28, 28, 1))
        .build();
    // end conventional
  }

  /**
   * The same network with spiking neurons.
   *
   * @param seed of the weights and of noise
   * @return its configuration
   */
  public static MultiLayerConfiguration spiking(long seed) {
    // begin spiking
    CurrentNormalization normalized = new CurrentNormalization();
    Reset soft = Reset.bySubtraction();
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(new Adam(1e-3))
            .list()
            .layer(SpikeEncoding.direct(10).build()) // 1: T = 10 time steps
            .layer( // 2
                new SpikingConvolution2D.Builder(5, 5)
                    .nOut(12)
                    .reset(soft)
                    .normalization(normalized)
                    .build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).reset(soft).build()) // 3
            .layer(
                new SpikingConvolution2D.Builder(5, 5)
                    .nOut(24)
                    .reset(soft)
                    .normalization(normalized)
                    .build())
            .layer(new SpikingPooling2D.Builder(PoolingType.AVG, 2, 2).reset(soft).build())
            .layer(
                new SpikingDense.Builder().nOut(100).reset(soft).normalization(normalized).build())
            .layer( // 4
                new OutputLayer.Builder(new LossMCXENT())
                    .nOut(10)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(InputType.convolutionalFlat(28, 28, 1))
            .build();
    AsfBackprop.applyTo(configuration); // 5
    // end spiking
    return configuration;
  }

  /**
   * The spiking network, ready to be trained, with a listener that warns of silent layers.
   *
   * @param seed of the weights and of noise
   * @return the network
   */
  public static MultiLayerNetwork watched(long seed) {
    MultiLayerConfiguration configuration = spiking(seed);
    // begin watched
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    network.setListeners(new FiringRateListener());
    // end watched
    return network;
  }
}
