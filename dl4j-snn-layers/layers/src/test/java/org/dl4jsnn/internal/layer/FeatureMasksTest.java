package org.dl4jsnn.internal.layer;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** Feature masks are refused and leave nothing behind; those that mask nothing pass. */
class FeatureMasksTest {

  private static final int STEPS = 6;
  private final INDArray features = Nd4j.rand(4, 3, STEPS);
  private final INDArray labels = Nd4j.rand(4, 2);
  private final INDArray ones = Nd4j.ones(4, STEPS);
  private final INDArray mask = ones.dup().putScalar(2, 4, 0);

  @Test
  void shouldGoOnAfterARefusedMask() {
    MultiLayerNetwork network = network();
    assertRefused(() -> network.fit(new DataSet(features, labels, mask, null)));
    assertRefused(() -> network.output(features, false, mask, null));
    assertRefused(() -> network.setLayerMaskArrays(mask, null));
    network.fit(new DataSet(features, labels));
    network.output(features);
    assertEquals(1, network.getIterationCount());
    assertSameBits(network.output(features), network.output(features, false, ones, null));
  }

  @Test
  void shouldGoOnAfterARefusedMaskOfAGraph() {
    ComputationGraph graph = network().toComputationGraph();
    MultiDataSet masked =
        new MultiDataSet(
            new INDArray[] {features}, new INDArray[] {labels}, new INDArray[] {mask}, null);
    assertRefused(() -> graph.fit(masked));
    graph.fit(new DataSet(features, labels));
    assertEquals(1, graph.getIterationCount());
  }

  @Test
  void shouldTrainUnderAMaskOfOnesAsWithoutOne() {
    MultiLayerNetwork masked = network();
    MultiLayerNetwork plain = network();
    masked.fit(new DataSet(features, labels, ones, null));
    plain.fit(new DataSet(features, labels));
    assertSameBits(plain.params(), masked.params());
  }

  private static void assertRefused(Runnable call) {
    String message = assertThrows(DL4JInvalidInputException.class, call::run).getMessage();
    assertTrue(message.contains("(SpikeEncoding): feature masks must be all ones"), message);
  }

  private static MultiLayerNetwork network() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .list()
                .layer(SpikeEncoding.frames().build())
                .layer(new SpikingDense.Builder().nOut(5).threshold(0.3).build())
                .layer(
                    new OutputLayer.Builder(new LossL2())
                        .nOut(2)
                        .activation(Activation.IDENTITY)
                        .hasBias(false)
                        .build())
                .setInputType(InputType.recurrent(3, STEPS))
                .build());
    network.init();
    return network;
  }
}
