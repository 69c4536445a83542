package org.dl4jsnn.model;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Small networks that learned a little, with a linear read-out. */
final class TestNetworks {

  private TestNetworks() {}

  static MultiLayerNetwork multiLayer() {
    MultiLayerNetwork network =
        Networks.of(
            Networks.seeded(1).updater(new Adam(1e-2)),
            InputType.feedForward(4),
            SpikeEncoding.direct(5).build(),
            new SpikingDense.Builder().nOut(6).threshold(0.3).build(),
            Networks.linear(2));
    network.fit(data());
    return network;
  }

  static ComputationGraph graph() {
    ComputationGraph network =
        Networks.of(
            Networks.seeded(1)
                .updater(new Adam(1e-2))
                .graphBuilder()
                .addInputs("in")
                .addLayer("encoding", SpikeEncoding.direct(5).build(), "in")
                .addLayer("hidden", new SpikingDense.Builder().nOut(6).build(), "encoding")
                .addLayer("out", Networks.linear(2), "hidden")
                .setOutputs("out")
                .setInputTypes(InputType.feedForward(4)));
    network.fit(data());
    return network;
  }

  static INDArray features() {
    return Nd4j.linspace(0, 1, 12).reshape(3, 4).castTo(org.nd4j.linalg.api.buffer.DataType.FLOAT);
  }

  static DataSet data() {
    return new DataSet(features(), Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}, {1, 0}}));
  }
}
