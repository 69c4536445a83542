package org.dl4jsnn.examples.train;

import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.conventional.FastBatchNormalization;
import org.dl4jsnn.conventional.FastConvolution2D;
import org.dl4jsnn.zoo.NetworkNotation;
import org.dl4jsnn.zoo.NetworkNotation.Convolution;
import org.dl4jsnn.zoo.NetworkNotation.Dense;
import org.dl4jsnn.zoo.NetworkNotation.GlobalPooling;
import org.dl4jsnn.zoo.NetworkNotation.Pooling;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * The non-spiking network for comparison with a spiking one: the same layers with batch
 * normalisation, ReLU, softmax and cross entropy. They are Deeplearning4j's; convolutions and batch
 * normalisation compute the same with this library's kernels.
 */
public final class ConventionalNetwork {

  private ConventionalNetwork() {}

  /** The configuration; a value in front of fully connected layers is kept with a probability. */
  public static MultiLayerConfiguration of(
      NeuralNetConfiguration.Builder common,
      NetworkNotation notation,
      InputType input,
      int classes,
      double retain) {
    NeuralNetConfiguration.ListBuilder list =
        common.weightInit(WeightInit.RELU).convolutionMode(ConvolutionMode.Same).list();
    List<String> names = notation.names();
    for (int i = 0; i < names.size(); i++) {
      NetworkNotation.Stage stage = notation.stages().get(i);
      String name = names.get(i);
      if (stage instanceof Pooling pooling) {
        list.layer(pooling(name, pooling));
      } else if (stage instanceof GlobalPooling) {
        list.layer(globalPooling(name));
      } else {
        list.layer(named(name, weighted(stage, retain)));
        list.layer(named(name + "-normalization", new FastBatchNormalization()));
        list.layer(named(name + "-relu", new ActivationLayer(Activation.RELU)));
      }
    }
    return list.layer(readOut(classes, retain)).setInputType(input).build();
  }

  static Layer pooling(String name, Pooling pooling) {
    return new SubsamplingLayer.Builder(
            pooling.type() == PoolingType.AVG
                ? SubsamplingLayer.PoolingType.AVG
                : SubsamplingLayer.PoolingType.MAX,
            new int[] {pooling.size(), pooling.size()},
            new int[] {pooling.size(), pooling.size()})
        .name(name)
        .convolutionMode(ConvolutionMode.Truncate)
        .build();
  }

  static Layer globalPooling(String name) {
    return new GlobalPoolingLayer.Builder(PoolingType.AVG).name(name).build();
  }

  static Layer readOut(int classes, double retain) {
    return new OutputLayer.Builder(new LossMCXENT())
        .name("readout")
        .nOut(classes)
        .dropOut(dropout(retain))
        .activation(Activation.SOFTMAX)
        .build();
  }

  static Layer named(String name, Layer layer) {
    layer.setLayerName(name);
    return layer;
  }

  /** Deeplearning4j's dropout of a layer's input; null for none. */
  private static IDropout dropout(double retain) {
    return retain == 1 ? null : new Dropout(retain);
  }

  static FastConvolution2D convolution(int channels, int kernel, int stride) {
    return new FastConvolution2D.Builder(kernel, kernel)
        .nOut(channels)
        .stride(stride, stride)
        .activation(Activation.IDENTITY)
        .hasBias(false)
        .build();
  }

  static Layer weighted(NetworkNotation.Stage stage, double retain) {
    if (stage instanceof Convolution convolution) {
      return convolution(convolution.channels(), convolution.kernel(), 1);
    }
    return new DenseLayer.Builder()
        .nOut(((Dense) stage).size())
        .dropOut(dropout(retain))
        .activation(Activation.IDENTITY)
        .hasBias(false)
        .build();
  }
}
