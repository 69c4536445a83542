package org.dl4jsnn.monitor.health;

import java.util.Collections;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * Networks whose spikes are known. A constant current of 0.75 a step fires, over a threshold of 1
 * and with a reset to zero, at every second step; of 2 at every step; of -1 never.
 */
final class HalfRateNetwork {

  static final int STEPS = 8;
  static final int SAMPLES = 4;

  private HalfRateNetwork() {}

  /** "lower": a half, a silent, a saturated and a half neuron; "upper": every neuron a half. */
  static MultiLayerNetwork network(IUpdater updater, boolean miniBatch) {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(updater)
                .miniBatch(miniBatch)
                .list()
                .layer(SpikeEncoding.direct(STEPS).build())
                .layer(new SpikingDense.Builder().name("lower").nOut(4).build())
                .layer(new SpikingDense.Builder().name("upper").nOut(2).build())
                .layer(readOut())
                .setInputType(InputType.feedForward(1))
                .build());
    setWeights(network);
    return network;
  }

  static OutputLayer readOut() {
    return new OutputLayer.Builder(new LossL2())
        .nOut(2)
        .activation(Activation.IDENTITY)
        .hasBias(false)
        .build();
  }

  static void setWeights(MultiLayerNetwork network) {
    network.setParam("1_W", Nd4j.createFromArray(0.75f, -1f, 2f, 0.75f).reshape(1, 4));
    // Only the neuron that fires at every step counts.
    INDArray upper = Nd4j.zeros(4, 2);
    upper.getRow(2).assign(0.75);
    network.setParam("2_W", upper);
  }

  static INDArray features() {
    return Nd4j.ones(SAMPLES, 1);
  }

  static DataSet minibatch() {
    return new DataSet(features(), Nd4j.ones(SAMPLES, 2));
  }

  static DataSetIterator minibatches(int count) {
    return new ExistingDataSetIterator(Collections.nCopies(count, minibatch()));
  }
}
