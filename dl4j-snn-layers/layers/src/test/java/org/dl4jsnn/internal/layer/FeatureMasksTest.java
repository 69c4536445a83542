package org.dl4jsnn.internal.layer;

import static org.dl4jsnn.Messages.assertRefused;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.deeplearning4j.exception.DL4JInvalidInputException;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

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
    assertMaskRefused(() -> network.fit(new DataSet(features, labels, mask, null)));
    assertMaskRefused(() -> network.output(features, false, mask, null));
    assertMaskRefused(() -> network.setLayerMaskArrays(mask, null));
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
    assertMaskRefused(() -> graph.fit(masked));
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

  private static void assertMaskRefused(Runnable call) {
    assertRefused(
        DL4JInvalidInputException.class,
        call::run,
        "(SpikeEncoding): feature masks must be all ones");
  }

  private static MultiLayerNetwork network() {
    return Networks.of(
        Networks.seeded(1),
        InputType.recurrent(3, STEPS),
        SpikeEncoding.frames().build(),
        new SpikingDense.Builder().nOut(5).threshold(0.3).build(),
        Networks.readOut(2));
  }
}
