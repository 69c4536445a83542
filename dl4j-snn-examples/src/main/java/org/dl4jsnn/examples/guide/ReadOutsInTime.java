package org.dl4jsnn.examples.guide;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Read-outs of membranes, as shown in docs/time.md. */
final class ReadOutsInTime {

  private ReadOutsInTime() {}

  static MultiLayerConfiguration mean(int inputs) {
    // begin mean
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(1e-3))
            .list()
            .layer(SpikeEncoding.frames().build())
            .layer(new SpikingDense.Builder().nOut(100).leak(0.9).build())
            .layer(
                new LeakyReadOut.Builder().nOut(10).leak(0.9).reads(MembraneReadOut.MEAN).build())
            .layer(new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.recurrent(inputs))
            .build();
    // end mean
    return configuration;
  }

  static MultiLayerConfiguration masked(int inputs) {
    // begin masked
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .updater(new Adam(1e-3))
            .list()
            .layer(SpikeEncoding.frames().masked(true).build())
            .layer(new SpikingDense.Builder().nOut(100).leak(0.9).build())
            .layer(new LeakyReadOut.Builder().nOut(10).reads(MembraneReadOut.LAST).build())
            .layer(new LossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.recurrent(inputs))
            .build();
    // end masked
    return configuration;
  }
}
