package org.dl4jsnn.examples.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.asf.RefreshSchedule;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.zoo.ImageNetwork;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;

@EnabledOnJre(JRE.JAVA_17)
class SparkTrainingTest {

  private static final int BATCH = 16;
  private static final int AVERAGING = 3;
  private static final long SEED = 5;
  private static final Digits DIGITS = MnistFiles.embedded().training();
  private static JavaSparkContext spark;

  @BeforeAll
  static void open() {
    spark = SparkContexts.open(null, 2, Map.of());
  }

  @AfterAll
  static void close() {
    spark.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void shouldLearnBitForBitWhatAveragingByHandDoes(int workers) {
    Digits images = DIGITS.range(0, workers * AVERAGING * BATCH);
    MultiLayerNetwork expected = network().init();
    MultiLayerNetwork network = network().init();
    SparkTraining training = training(network, images, workers);
    // The slopes are refreshed in epochs 0 and 5.
    for (int epoch = 0; epoch < 6; epoch++) {
      training.epoch();
      averageByHand(expected, images, workers);
      assertEquals(expected.params(), network.params(), "epoch " + epoch);
      assertEquals(state(expected), state(network), "epoch " + epoch);
      assertEquals(epoch + 1, network.getEpochCount());
      assertEquals((epoch + 1) * AVERAGING, network.getIterationCount());
    }
  }

  @Test
  void shouldAverageManyWorkersThroughATree() {
    int workers = 8;
    Digits images = DIGITS.range(0, workers * AVERAGING * BATCH);
    MultiLayerNetwork expected = network().init();
    MultiLayerNetwork network = network().init();
    training(network, images, workers).epoch();
    averageByHand(expected, images, workers);
    assertEquals(0, expected.params().distance2(network.params()), 1e-5);
    assertEquals(slope(expected), slope(network), 1e-6);
  }

  @Test
  void shouldRefreshSlopesInTheEpochsOfTheirSchedule() {
    MultiLayerNetwork network = network().init();
    SparkTraining training = training(network, DIGITS.range(0, 2 * AVERAGING * BATCH), 2);
    List<Double> slopes = new ArrayList<>();
    for (int epoch = 0; epoch < 6; epoch++) {
      training.epoch();
      slopes.add(slope(network));
    }
    assertNotEquals(new AsfBackprop().initialSlope(), slopes.get(0));
    assertEquals(1, slopes.subList(0, 5).stream().distinct().count(), slopes.toString());
    assertNotEquals(slopes.get(4), slopes.get(5));
  }

  @Test
  void shouldCountTheMinibatchesOfOneWorkerAsIterations() {
    // Of the three iterations of a round only the first one is a multiple of three.
    MultiLayerNetwork often = refreshedEvery(AVERAGING);
    MultiLayerNetwork once = refreshedEvery(1000);
    for (MultiLayerNetwork network : List.of(often, once)) {
      SparkTraining training = training(network, DIGITS.range(0, 2 * AVERAGING * BATCH), 2);
      training.epoch();
    }
    assertEquals(slope(once), slope(often));
    for (MultiLayerNetwork network : List.of(often, once)) {
      training(network, DIGITS.range(0, 2 * AVERAGING * BATCH), 2).epoch();
    }
    assertNotEquals(slope(once), slope(often));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldEvaluateAsOneProcessDoes(boolean direct) {
    MultiLayerNetwork network = (direct ? network().direct() : network()).init();
    SparkTraining training = training(network, DIGITS.range(0, 40 * BATCH), 2);
    training.epoch();
    Digits test = MnistFiles.embedded().test().range(0, 333);
    Evaluation here = network.evaluate(test.inOrder(BATCH));
    Evaluation there = training.evaluate(spark.broadcast(test));
    assertEquals(here.confusionMatrix(), there.confusionMatrix());
    assertTrue(here.accuracy() > 0.3, here.confusionMatrix());
  }

  @Test
  void shouldRefuseRoundsThatSomeWorkerWouldGetNothingOf() {
    Digits images = DIGITS.range(0, 2 * AVERAGING * BATCH - 1);
    MultiLayerNetwork network = network().init();
    UserError error = assertThrows(UserError.class, () -> training(network, images, 2));
    assertEquals("--averaging must be from 1 to 2, got 3", error.getMessage());
  }

  @Test
  void shouldNameTheJavaThatSparkNeeds() {
    UserError error = assertThrows(UserError.class, () -> SparkContexts.requireJava(25));
    assertTrue(error.getMessage().contains("must run on Java 17, got 25"), error.getMessage());
  }

  private static ImageNetwork network() {
    return SpikingNetworks.lenet5().layers("4C5-AP2-20").steps(5).updater(new Adam(5e-3));
  }

  private static MultiLayerNetwork refreshedEvery(int iterations) {
    RefreshSchedule schedule = RefreshSchedule.everyIterations(iterations);
    return network().backprop(new AsfBackprop().withSchedule(schedule)).init();
  }

  private static SparkTraining training(MultiLayerNetwork network, Digits images, int workers) {
    Broadcast<Digits> sent = spark.broadcast(images);
    return new SparkTraining(spark, network, sent, workers, AVERAGING, BATCH, SEED);
  }

  /** One round: a copy for every worker's share of the minibatches, then their average. */
  private static void averageByHand(MultiLayerNetwork network, Digits images, int workers) {
    DataSetIterator minibatches = images.shuffled(BATCH, SEED, network.getEpochCount());
    INDArray params = network.params().like();
    INDArray state = state(network).like();
    for (int worker = 0; worker < workers; worker++) {
      MultiLayerNetwork copy = network.clone();
      for (int i = 0; i < AVERAGING; i++) {
        copy.fit(minibatches.next());
      }
      params.addi(copy.params());
      state.addi(state(copy));
    }
    network.setParams(params.divi(workers));
    network.getUpdater().setStateViewArray(network, state.divi(workers), false);
    network.setIterationCount(network.getIterationCount() + AVERAGING);
    network.incrementEpochCount();
  }

  private static INDArray state(MultiLayerNetwork network) {
    return network.getUpdater().getStateViewArray();
  }

  private static double slope(MultiLayerNetwork network) {
    return network.getLayer(1).getParam(AsfBackprop.SLOPE).getDouble(0);
  }
}
