package org.dl4jsnn.examples;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.ReadOutActivation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.examples.NetworkNotation.Convolution;
import org.dl4jsnn.examples.NetworkNotation.Dense;
import org.dl4jsnn.examples.NetworkNotation.Pooling;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Makes spiking networks of a notation, trained by ASF-BP. */
final class SpikingNetwork {

  private static final double L2 = 5e-4;

  private final NetworkNotation notation;
  private final NetworkSettings settings;

  SpikingNetwork(NetworkNotation notation, NetworkSettings settings) {
    this.notation = notation;
    this.settings = settings;
  }

  /** The configuration for so many classes. */
  MultiLayerConfiguration over(SpikeEncoding encoding, InputType input, int classes) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(settings.seed())
            .updater(new Adam(settings.learningRate()))
            .l2(L2)
            .miniBatch(false) // the published loss is a sum over the minibatch
            .list()
            .layer(encoding);
    int convolutions = 0;
    int poolings = 0;
    int denses = 0;
    for (NetworkNotation.Stage stage : notation.stages()) {
      if (stage instanceof Convolution convolution) {
        list.layer(layer("conv" + ++convolutions, convolution));
      } else if (stage instanceof Pooling pooling) {
        list.layer(layer("pool" + ++poolings, pooling));
      } else {
        list.layer(layer(++denses == 1 ? "dense" : "dense" + denses, (Dense) stage));
      }
    }
    MultiLayerConfiguration configuration =
        list.layer(readOut(classes)).setInputType(input).build();
    AsfBackprop.applyTo(configuration);
    return configuration;
  }

  private Layer layer(String name, Convolution convolution) {
    return new SpikingConvolution2D.Builder(convolution.kernel(), convolution.kernel())
        .name(name)
        .nOut(convolution.channels())
        .threshold(settings.threshold())
        .reset(settings.reset())
        .normalization(settings.normalization())
        .build();
  }

  private Layer layer(String name, Dense dense) {
    return new SpikingDense.Builder()
        .name(name)
        .nOut(dense.size())
        .threshold(settings.threshold())
        .reset(settings.reset())
        .normalization(settings.normalization())
        .build();
  }

  private static Layer layer(String name, Pooling pooling) {
    SpikingPooling2D.Builder builder =
        new SpikingPooling2D.Builder(pooling.type(), pooling.size(), pooling.size()).name(name);
    return (pooling.type() == PoolingType.AVG ? builder.threshold(0.75) : builder).build();
  }

  private OutputLayer readOut(int classes) {
    boolean classifies = settings.loss() == NetworkSettings.Loss.CROSS_ENTROPY;
    return new OutputLayer.Builder(classifies ? new LossMCXENT() : new LossL2())
        .name("readout")
        .nOut(classes)
        .activation(
            classifies ? new ActivationSoftmax() : new ReadOutActivation(settings.threshold()))
        .hasBias(classifies)
        .weightInit(WeightInit.RELU)
        .build();
  }
}
