package org.dl4jsnn.examples.guide;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.neuron.Reset;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** A loss at every step, as shown in docs/time.md. */
final class LossOverTime {

  private LossOverTime() {}

  static MultiLayerNetwork network(int inputs, int classes) {
    // begin network
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(1e-2))
            .list()
            .layer(SpikeEncoding.frames().build())
            .layer(
                new SpikingDense.Builder().nOut(24).leak(0.9).reset(Reset.bySubtraction()).build())
            .layer(
                new LeakyReadOut.Builder()
                    .nOut(classes)
                    .leak(0) // the current of every step separately
                    .reads(MembraneReadOut.COURSE)
                    .build())
            .layer(
                new RnnLossLayer.Builder(new LossMCXENT()).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.recurrent(inputs))
            .build();
    // end network
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  static INDArray overTime(INDArray labels, long steps) {
    // begin labels
    long minibatch = labels.size(0);
    long classes = labels.size(1);
    INDArray overTime =
        labels.reshape(minibatch, classes, 1).broadcast(minibatch, classes, steps).dup('c');
    // end labels
    return overTime;
  }

  static INDArray classes(MultiLayerNetwork network, INDArray features) {
    // begin answer
    INDArray classes = network.output(features).mean(2).argMax(1);
    // end answer
    return classes;
  }
}
