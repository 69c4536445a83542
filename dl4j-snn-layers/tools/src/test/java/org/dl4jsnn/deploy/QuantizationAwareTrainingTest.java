package org.dl4jsnn.deploy;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** Training for weights of few bits, by the straight-through estimator. */
class QuantizationAwareTrainingTest {

  private static final double RATE = 10;
  private static final int SAMPLES = 240;
  private static final int MINIBATCHES = 150;
  private static final int INPUTS = 40;
  private static final int NEURONS = 12;
  private static final int CLASSES = 6;
  private static final WeightQuantization BITS = WeightQuantization.toBits(3);

  private DataSet data;

  /** Classes by a line through the mean of each class, of more features than neurons. */
  @BeforeEach
  void draw() {
    Nd4j.getRandom().setSeed(5);
    INDArray means = Nd4j.rand(DataType.FLOAT, CLASSES, INPUTS);
    INDArray features = Nd4j.rand(DataType.FLOAT, SAMPLES, INPUTS);
    INDArray labels = Nd4j.zeros(DataType.FLOAT, SAMPLES, CLASSES);
    for (int i = 0; i < SAMPLES; i++) {
      features.getRow(i).addi(means.getRow(i % CLASSES)).divi(2);
      labels.putScalar(i, i % CLASSES, 1);
    }
    data = new DataSet(features, labels);
  }

  private static MultiLayerNetwork network(IUpdater updater, CurrentNormalization normalization) {
    return Networks.of(
        Networks.seeded(4).updater(updater),
        InputType.feedForward(INPUTS),
        SpikeEncoding.direct(8).build(),
        new SpikingDense.Builder()
            .nOut(NEURONS)
            .threshold(0.5)
            .normalization(normalization)
            .build(),
        Networks.softmax(CLASSES));
  }

  /** The update of the unrounded weights is that of the gradient at the rounded ones. */
  @Test
  void shouldMoveUnroundedWeightsByTheGradientOfTheRounded() {
    MultiLayerNetwork network = network(new Sgd(RATE), null);
    INDArray unrounded = network.params().dup();
    MultiLayerNetwork rounded = BITS.quantize(network);
    rounded.setInput(data.getFeatures());
    rounded.setLabels(data.getLabels());
    rounded.computeGradientAndScore();
    INDArray expected = unrounded.sub(rounded.gradient().gradient().mul(RATE / SAMPLES));
    network.addListeners(QuantizationAwareTraining.of(network, BITS));
    assertEquals(rounded.params(), network.params());
    network.fit(data);
    MultiLayerNetwork moved = network(new Sgd(RATE), null);
    moved.setParams(expected);
    assertTrue(BITS.quantize(moved).params().equalsWithEps(network.params(), 1e-6));
    assertTrue(expected.sub(unrounded).amaxNumber().doubleValue() > 0);
  }

  private void fit(MultiLayerNetwork network) {
    for (int i = 0; i < MINIBATCHES; i++) {
      network.fit(data);
    }
  }

  @Test
  void shouldWinBackWhatRoundingTakes() {
    MultiLayerNetwork network = network(new Adam(0.01), null);
    fit(network);
    double trained = network.score(data);
    double rounded = BITS.quantize(network).score(data);
    network.setLearningRate(2e-3);
    network.addListeners(QuantizationAwareTraining.of(network, BITS));
    fit(network);
    assertEquals(BITS.quantize(network).params(), network.params());
    double aware = network.score(data);
    assertTrue(rounded - aware > 0.5 * (rounded - trained), rounded + ", " + aware);
  }

  @Test
  void shouldTrainGraphs() {
    ComputationGraph network = network(new Sgd(RATE), null).toComputationGraph();
    network.addListeners(QuantizationAwareTraining.of(network, BITS));
    INDArray before = network.params().dup();
    network.fit(data);
    assertEquals(BITS.quantize(network).params(), network.params());
    assertNotEquals(before, network.params());
  }

  @Test
  void shouldRefuseWhatItCannotRound() {
    MultiLayerNetwork normalised = network(new Sgd(RATE), new CurrentNormalization());
    assertBegins(
        "layer 'layer1' (SpikingDense): normalisation must be folded into the weights",
        () -> QuantizationAwareTraining.of(normalised, BITS));
    MultiLayerNetwork network = network(new Sgd(RATE), null);
    MultiLayerNetwork other = network(new Sgd(RATE), null);
    other.addListeners(QuantizationAwareTraining.of(network, BITS));
    assertThrows(IllegalStateException.class, () -> other.fit(data));
  }
}
