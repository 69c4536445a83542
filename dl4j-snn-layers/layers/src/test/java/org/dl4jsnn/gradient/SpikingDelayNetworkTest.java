package org.dl4jsnn.gradient;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * Gradients through delays: of rules in time exactly, of rate-based rules as if there were none.
 */
class SpikingDelayNetworkTest {

  private static final int INPUTS = 5;
  private static final int HIDDEN = 6;
  private static final int STEPS = 8;
  private static final int DELAY = 3;
  private static final int MINIBATCH = 4;

  private final INDArray series =
      Nd4j.rand(Nd4j.getRandomFactory().getNewRandomInstance(5), MINIBATCH, INPUTS, STEPS)
          .gt(0.5)
          .castTo(DataType.DOUBLE);

  private static SpikingDelay delay(int... steps) {
    return new SpikingDelay.Builder().steps(steps).build();
  }

  private static SpikingDense dense(BackpropRule rule) {
    return new SpikingDense.Builder().nOut(HIDDEN).threshold(0.4).leak(0.8).backprop(rule).build();
  }

  private static Layer[] course() {
    return new Layer[] {
      new LeakyReadOut.Builder()
          .nOut(3)
          .leak(0.7)
          .hasBias(false)
          .reads(MembraneReadOut.COURSE)
          .build(),
      Networks.readOutInTime(2)
    };
  }

  private static MultiLayerNetwork network(Layer... layers) {
    return Networks.of(list(layers).build());
  }

  private static NeuralNetConfiguration.ListBuilder list(Layer... layers) {
    return Networks.list(
        Networks.seeded(5).dataType(DataType.DOUBLE).updater(new Sgd(0.1)),
        InputType.recurrent(INPUTS),
        with(layers, SpikeEncoding.frames().build()));
  }

  private static Layer[] with(Layer[] last, Layer... first) {
    List<Layer> layers = new ArrayList<>(List.of(first));
    layers.addAll(List.of(last));
    return layers.toArray(Layer[]::new);
  }

  /** Zeros at the end, so that all spikes leave within the window. */
  private static INDArray longer(INDArray array, int before, int after) {
    long rows = array.size(1);
    return Nd4j.concat(
        2,
        Nd4j.zeros(DataType.DOUBLE, MINIBATCH, rows, before),
        array,
        Nd4j.zeros(DataType.DOUBLE, MINIBATCH, rows, after));
  }

  private static INDArray change(MultiLayerNetwork network, DataSet data) {
    INDArray before = network.params().dup();
    network.fit(data);
    return network.params().sub(before);
  }

  private static void assertSame(INDArray expected, INDArray found) {
    double size = expected.norm2Number().doubleValue();
    assertTrue(size > 1e-3, "no gradient: " + size);
    assertEquals(0, found.distance2(expected), 1e-9 * size);
  }

  /** A window that is longer by the delay, of which the loss sees the delayed part. */
  @Test
  void shouldTakeGradientsInTimeBackByTheDelay() {
    BackpropRule rule = new SpatioTemporalBackprop();
    MultiLayerNetwork plain = network(with(course(), dense(rule)));
    MultiLayerNetwork delayed = network(with(course(), dense(rule), delay(DELAY)));
    delayed.setParams(plain.params().dup());
    INDArray labels = Nd4j.rand(DataType.DOUBLE, MINIBATCH, 2, STEPS);
    INDArray mask = Nd4j.ones(DataType.DOUBLE, MINIBATCH, STEPS + DELAY);
    mask.get(NDArrayIndex.all(), NDArrayIndex.interval(0, DELAY)).assign(0);
    INDArray expected = change(plain, new DataSet(series, labels));
    INDArray found =
        change(
            delayed, new DataSet(longer(series, 0, DELAY), longer(labels, DELAY, 0), null, mask));
    assertSame(expected, found);
  }

  /** Consecutive delays equal one delay of their sum. */
  @Test
  void shouldAddDelaysUp() {
    BackpropRule rule = new SpatioTemporalBackprop();
    INDArray labels = Nd4j.rand(DataType.DOUBLE, MINIBATCH, 2, STEPS);
    MultiLayerNetwork one =
        network(with(course(), dense(rule), delay(3, 4, 2, 1, 5, 2), dense(rule)));
    MultiLayerNetwork two =
        network(with(course(), dense(rule), delay(2, 3, 1, 0, 4, 1), delay(1), dense(rule)));
    two.setParams(one.params().dup());
    assertSameBits(one.output(series), two.output(series));
    assertSame(change(one, new DataSet(series, labels)), change(two, new DataSet(series, labels)));
  }

  @Test
  void shouldPassGradientsOfRatesAsTheyAre() {
    BackpropRule rule = new LayersWithoutNeuronsTest.OfRates();
    Layer readOut = Networks.readOut(2);
    MultiLayerNetwork plain = network(dense(rule), dense(rule), readOut.clone());
    MultiLayerNetwork delayed = network(dense(rule), delay(DELAY), dense(rule), readOut.clone());
    delayed.setParams(plain.params().dup());
    INDArray features = longer(series, 0, DELAY);
    INDArray labels = Nd4j.rand(DataType.DOUBLE, MINIBATCH, 2);
    assertSameBits(plain.output(features), delayed.output(features));
    assertSame(
        change(plain, new DataSet(features, labels)),
        change(delayed, new DataSet(features, labels)));
  }

  /** The gradient of the last layer, which has no memory, is the sum of those of the pieces. */
  @Test
  void shouldCarrySpikesFromPieceToPieceOfTruncatedBackprop() {
    INDArray labels = Nd4j.rand(DataType.DOUBLE, MINIBATCH, 2, STEPS);
    Layer[] layers = with(course(), dense(new SpatioTemporalBackprop()), delay(4, 1, 0, 3, 5, 2));
    List<INDArray> whole = gradients(list(layers).build(), labels, "4_W");
    List<INDArray> pieces = gradients(truncated(2, layers), labels, "4_W");
    assertEquals(4, pieces.size());
    assertSame(whole.get(0), pieces.stream().reduce(INDArray::add).orElseThrow());
  }

  @Test
  void shouldLearnNothingFromWhatLeavesInALaterPiece() {
    INDArray labels = Nd4j.rand(DataType.DOUBLE, MINIBATCH, 2, STEPS);
    Layer[] layers = with(course(), dense(new SpatioTemporalBackprop()), delay(4));
    assertTrue(
        gradients(list(layers).build(), labels, "1_W").get(0).norm2Number().doubleValue() > 1e-3);
    for (INDArray gradient : gradients(truncated(4, layers), labels, "1_W")) {
      assertEquals(0, gradient.norm2Number().doubleValue());
    }
  }

  private static MultiLayerConfiguration truncated(int steps, Layer... layers) {
    return list(layers).backpropType(BackpropType.TruncatedBPTT).tBPTTLength(steps).build();
  }

  private List<INDArray> gradients(
      MultiLayerConfiguration configuration, INDArray labels, String name) {
    MultiLayerNetwork network = Networks.of(configuration);
    network.setLearningRate(0);
    return Networks.gradients(network, name, new DataSet(series, labels));
  }
}
