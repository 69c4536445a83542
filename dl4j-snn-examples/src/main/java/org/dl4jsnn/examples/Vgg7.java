package org.dl4jsnn.examples;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.ReadOutActivation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The published networks of seven weighted layers, for CIFAR-10 and for CIFAR10-DVS. */
final class Vgg7 {

  private static final double L2 = 5e-4;

  private Vgg7() {}

  /**
   * 64C3-64C3-AP2-128C3-128C3-128C3-MP2-1024-10 over signed Poisson spikes of colour pictures,
   * 32×32.
   */
  static MultiLayerConfiguration cifar10(Vgg7Settings settings) {
    return configuration(
        settings.encoding().over(settings.steps()).name("encoding").build(),
        InputType.convolutional(32, 32, 3),
        128,
        settings);
  }

  /**
   * 64C3-64C3-AP2-128C3-128C3-256C3-MP2-1024-10 over frames of event counts, [minibatch, 2, T, 42,
   * 42].
   */
  static MultiLayerConfiguration events(Vgg7Settings settings) {
    return configuration(
        SpikeEncoding.frames().name("encoding").build(),
        InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, settings.steps(), 42, 42, 2),
        256,
        settings);
  }

  private static MultiLayerConfiguration configuration(
      SpikeEncoding encoding, InputType input, int lastChannels, Vgg7Settings settings) {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(settings.seed())
            .updater(new Adam(settings.learningRate()))
            .l2(L2)
            .miniBatch(false) // the published loss is a sum over the minibatch
            .list()
            .layer(encoding)
            .layer(convolution("conv1", 64, settings))
            .layer(convolution("conv2", 64, settings))
            .layer(pooling("pool1", PoolingType.AVG))
            .layer(convolution("conv3", 128, settings))
            .layer(convolution("conv4", 128, settings))
            .layer(convolution("conv5", lastChannels, settings))
            .layer(pooling("pool2", PoolingType.MAX))
            .layer(dense(settings))
            .layer(readOut(settings))
            .setInputType(input)
            .build();
    AsfBackprop.applyTo(configuration);
    return configuration;
  }

  private static SpikingConvolution2D convolution(
      String name, int channels, Vgg7Settings settings) {
    return new SpikingConvolution2D.Builder(3, 3)
        .name(name)
        .nOut(channels)
        .threshold(settings.threshold())
        .reset(settings.reset())
        .normalization(settings.normalization())
        .build();
  }

  private static SpikingDense dense(Vgg7Settings settings) {
    return new SpikingDense.Builder()
        .name("dense")
        .nOut(1024)
        .threshold(settings.threshold())
        .reset(settings.reset())
        .normalization(settings.normalization())
        .build();
  }

  private static OutputLayer readOut(Vgg7Settings settings) {
    boolean classifies = settings.loss() == Vgg7Settings.Loss.CROSS_ENTROPY;
    return new OutputLayer.Builder(classifies ? new LossMCXENT() : new LossL2())
        .name("readout")
        .nOut(ColourPictures.CLASSES)
        .activation(
            classifies ? new ActivationSoftmax() : new ReadOutActivation(settings.threshold()))
        .hasBias(classifies)
        .weightInit(WeightInit.RELU)
        .build();
  }

  private static SpikingPooling2D pooling(String name, PoolingType type) {
    SpikingPooling2D.Builder pooling = new SpikingPooling2D.Builder(type, 2, 2).name(name);
    return (type == PoolingType.AVG ? pooling.threshold(0.75) : pooling).build();
  }
}
