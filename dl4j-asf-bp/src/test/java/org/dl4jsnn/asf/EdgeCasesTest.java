package org.dl4jsnn.asf;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** Odd sizes and unusual inputs work. */
class EdgeCasesTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 65, 400})
  void shouldTrainForAnyNumberOfSteps(int steps) {
    MultiLayerNetwork network = SmallNetworks.network(steps, WorkspaceMode.ENABLED);
    network.fit(SmallNetworks.images(4, 1));
    assertFinite(network);
  }

  @Test
  void shouldTrainOnASmallerLastMinibatchAndOnASingleImage() {
    MultiLayerNetwork network = SmallNetworks.network();
    List<DataSet> minibatches = SmallNetworks.minibatches(21, 10, 1);
    assertEquals(1, minibatches.get(2).numExamples());
    network.fit(new ExistingDataSetIterator(minibatches), 2);
    network.fit(SmallNetworks.minibatches(17, 10, 2).get(1));
    assertFinite(network);
    assertArrayEquals(new long[] {1, 3}, network.output(minibatches.get(2).getFeatures()).shape());
  }

  @Test
  void shouldStaySilentOnBlackImages() {
    MultiLayerNetwork network = SmallNetworks.network();
    DataSet black = SmallNetworks.images(4, 1);
    black.getFeatures().assign(0);
    for (INDArray rates : network.feedForward(black.getFeatures(), false)) {
      assertEquals(0, rates.amaxNumber().doubleValue());
    }
    network.fit(black);
    assertFinite(network);
  }

  @Test
  void shouldTrainInDoublePrecision() {
    MultiLayerConfiguration configuration = SmallNetworks.configuration(12, WorkspaceMode.ENABLED);
    configuration.setDataType(DataType.DOUBLE);
    MultiLayerNetwork network = SmallNetworks.network(configuration);
    network.fit(new ExistingDataSetIterator(SmallNetworks.minibatches(40, 10, 1)), 2);
    assertFinite(network);
    assertEquals(
        DataType.DOUBLE, network.output(SmallNetworks.images(2, 1).getFeatures()).dataType());
  }

  private static void assertFinite(MultiLayerNetwork network) {
    assertTrue(Double.isFinite(network.params().sumNumber().doubleValue()));
    assertTrue(Double.isFinite(network.score()));
  }

  @Test
  void shouldLeaveFramesAsTheyAre() {
    MultiLayerNetwork network =
        SmallNetworks.learningByFlow(
            InputType.recurrent(6, 9),
            SpikeEncoding.frames().build(),
            new SpikingDense.Builder().nOut(5).build(),
            SmallNetworks.readOut());
    INDArray frames = Nd4j.math().round(Nd4j.rand(4, 6, 9).mul(2));
    INDArray copy = frames.dup();
    for (int i = 0; i < 3; i++) {
      network.fit(new DataSet(frames, Nd4j.ones(4, 3)));
    }
    assertEquals(copy, frames);
  }

  @Test
  void shouldReadPermutedFeatures() {
    MultiLayerNetwork network = SmallNetworks.network();
    INDArray permuted = SmallNetworks.images(4, 1).getFeatures().permute(0, 1, 3, 2);
    assertSameBits(network.output(permuted.dup('c')), network.output(permuted));
  }
}
