package org.dl4jsnn.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Neurons whose membranes are known at every step. */
class ActivePairsTest {

  /** Currents 0.25 and 1.25, threshold 1, no leak, reset to 0. */
  private static final INDArray SPIKES = Nd4j.ones(1, 1, 4);

  private static final SpatioTemporalBackprop NEAR =
      new SpatioTemporalBackprop(Surrogate.rectangular(0.6));

  @Test
  void shouldCountMembranesNearTheThreshold() {
    // |u − 1| < 0.3 for two of 0.25, 0.5, 0.75 and 1, and for 1.25, which fires at every step.
    assertEquals(
        List.of(new ActivePairs("hidden", true, 6.0 / 8)),
        ActivePairs.of(network(NEAR, 0.25, 1.25), SPIKES));
  }

  @Test
  void shouldTellLayersThatGoDensely() {
    assertEquals( // segments bound memory, which only the dense way does
        List.of(new ActivePairs("hidden", false, 6.0 / 8)),
        ActivePairs.of(network(NEAR.withSegments(2), 0.25, 1.25), SPIKES));
    SpatioTemporalBackprop tails = new SpatioTemporalBackprop(Surrogate.arctan(1));
    assertEquals(
        List.of(new ActivePairs("hidden", false, 1)),
        ActivePairs.of(network(tails, 0.25, 1.25), SPIKES));
  }

  private static MultiLayerNetwork network(SpatioTemporalBackprop rule, double... weights) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            Networks.seeded(1)
                .list()
                .layer(SpikeEncoding.frames().build())
                .layer(
                    new SpikingDense.Builder()
                        .name("hidden")
                        .nOut(weights.length)
                        .threshold(1)
                        .backprop(rule)
                        .build())
                .layer(new LossLayer.Builder(new LossMSE()).activation(Activation.IDENTITY).build())
                .setInputType(InputType.recurrent(1, SPIKES.size(2)))
                .build());
    network.init();
    network.getLayer(1).setParam("W", Nd4j.create(weights).reshape(1, weights.length));
    return network;
  }
}
