package org.dl4jsnn.examples.guide;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingConvolution1D;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.regularize.FiringRateRegularization;
import org.dl4jsnn.regularize.SynapticOperationsRegularization;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Layers and their settings, as shown in docs/train.md. */
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
}
