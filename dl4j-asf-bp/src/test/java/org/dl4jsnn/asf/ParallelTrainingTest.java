package org.dl4jsnn.asf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.parallelism.ParallelWrapper;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.Networks;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.schedule.MapSchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/** Training by averaging with Deeplearning4j's ParallelWrapper. */
@Timeout(300)
@Tag("slow")
class ParallelTrainingTest {

  private static final int TRAINING = 1920;
  private static final int EPOCHS = 4;

  /** Of all workers together, so that every trainer makes as many updates as the single one. */
  private static final int BATCH = 48;

  /** A fifth of the learning rate in the last epoch, which the workers must know. */
  private static final Map<Integer, Double> RATES = Map.of(0, 5e-3, EPOCHS - 1, 1e-3);

  private static final DataSet TEST = Glyphs.images(2000, 99);

  private static DataSetIterator images(int workers) {
    return new ExistingDataSetIterator(Glyphs.minibatches(TRAINING, BATCH / workers, 1));
  }

  /** One pass over data; returns what was seen of the workers. */
  private static WorkerSpy pass(Model network, int workers, DataSetIterator data) {
    WorkerSpy spy = new WorkerSpy();
    ParallelWrapper wrapper =
        new ParallelWrapper.Builder<>(network)
            .workers(workers)
            .averagingFrequency(1)
            .prefetchBuffer(workers)
            .build();
    wrapper.setListeners(spy);
    wrapper.fit(data);
    return spy;
  }

  /** Trains with so many workers on the same images; returns the accuracy on others. */
  private static double accuracy(int workers) {
    MultiLayerNetwork network = Glyphs.network(new AsfBackprop(), 1);
    network.setLearningRate(new MapSchedule(ScheduleType.EPOCH, RATES));
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      if (workers == 1) {
        network.fit(images(1));
      } else {
        pass(network, workers, images(workers));
        network.incrementEpochCount();
      }
    }
    return network
        .evaluate(new ExistingDataSetIterator(SmallNetworks.minibatches(TEST, 100)))
        .accuracy();
  }

  /**
   * The same images as often, the same learning rates, and as many updates: a worker's minibatch is
   * the single trainer's divided by the number of workers.
   */
  @Test
  void shouldReachTheAccuracyOfTheSingleTrainer() {
    double single = accuracy(1);
    assertTrue(single > 0.98, "single trainer " + single);
    for (int workers = Cases.all() ? 2 : 3; workers <= 3; workers++) {
      assertEquals(single, accuracy(workers), 0.005, workers + " workers");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void shouldAverageTheSlopesOfTheWorkers(int workers) {
    MultiLayerNetwork network = Glyphs.network(new AsfBackprop(), 1);
    int rounds = 5;
    List<DataSet> data = Glyphs.minibatches(rounds * workers * 8, 8, 1);
    WorkerSpy spy = pass(network, workers, new ExistingDataSetIterator(data));
    for (int round = 0; round < rounds; round++) {
      List<WorkerSpy.Update> found = spy.round(round);
      assertEquals(workers, found.size());
      assertNotEquals(found.get(0).after(), found.get(1).after(), "slopes of other images");
      Map<String, Double> mean = mean(found);
      if (round + 1 == rounds) {
        assertSlopes(mean, WorkerSpy.slopes(network));
      } else {
        List<WorkerSpy.Update> next = spy.round(round + 1);
        for (WorkerSpy.Update worker : next) {
          assertSlopes(mean, worker.before());
          assertEquals(next.get(0).before(), worker.before(), "equal on all workers");
        }
      }
    }
  }

  private static Map<String, Double> mean(List<WorkerSpy.Update> workers) {
    Map<String, Double> mean = new TreeMap<>();
    for (String name : workers.get(0).after().keySet()) {
      double sum = workers.stream().mapToDouble(worker -> worker.after().get(name)).sum();
      mean.put(name, sum / workers.size());
    }
    return mean;
  }

  private static void assertSlopes(Map<String, Double> expected, Map<String, Double> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, slope) -> assertEquals(slope, actual.get(name), 1e-6, name));
  }

  @Test
  void shouldSaveTheAveragedSlopesAndGoOnFromThem() {
    MultiLayerNetwork network = Glyphs.network(new AsfBackprop(), 1);
    pass(network, 2, new ExistingDataSetIterator(Glyphs.minibatches(64, 8, 1)));
    Map<String, Double> slopes = WorkerSpy.slopes(network);
    assertEquals(3, slopes.size());
    assertTrue(slopes.values().stream().allMatch(slope -> slope > 0 && slope < 1), "" + slopes);

    MultiLayerNetwork restored = SmallNetworks.restored(network);
    assertEquals(slopes, WorkerSpy.slopes(restored));
    WorkerSpy spy = pass(restored, 2, new ExistingDataSetIterator(Glyphs.minibatches(32, 8, 2)));
    assertEquals(slopes, spy.of(restored).get(0).before());
    assertEquals(4, spy.of(restored).get(0).iteration());
    assertNotEquals(slopes, WorkerSpy.slopes(restored));
  }

  @Test
  void shouldAverageRunningAverages() {
    MultiLayerNetwork network = Glyphs.normalized(new AsfBackprop(), 1);
    pass(network, 2, new ExistingDataSetIterator(Glyphs.minibatches(320, 16, 1)));
    INDArray variance = network.getParam("1_" + CurrentNormalization.VARIANCE);
    assertTrue(variance.minNumber().doubleValue() > 0, "" + variance);
    assertNotEquals(1, variance.getDouble(0));
  }

  @Test
  void shouldLeaveTheRestOfAPassToTheFirstWorker() {
    MultiLayerNetwork network = Glyphs.network(new AsfBackprop(), 1);
    WorkerSpy spy = pass(network, 2, new ExistingDataSetIterator(Glyphs.minibatches(24, 8, 1)));
    assertEquals(2, spy.round(0).size());
    assertEquals(1, spy.round(1).size());
    assertEquals(spy.of(network).get(1).after(), WorkerSpy.slopes(network));
  }

  @Test
  void shouldTellAllWorkersTheEpochThatTheNetworkCounts() {
    MultiLayerNetwork network = Glyphs.network(new AsfBackprop(), 1);
    ComputationGraph graph = Networks.of(SmallNetworks.branched(WorkspaceMode.ENABLED));
    for (int epoch = 0; epoch < 3; epoch++) {
      assertAllIn(
          epoch,
          pass(network, 3, new ExistingDataSetIterator(Glyphs.minibatches(24, 8, 1))).round(0));
      network.incrementEpochCount();
      assertAllIn(
          epoch,
          pass(graph, 3, new ExistingDataSetIterator(SmallNetworks.minibatches(24, 8, 1)))
              .round(0));
      graph.incrementEpochCount();
    }
  }

  private static void assertAllIn(int epoch, List<WorkerSpy.Update> round) {
    assertEquals(3, round.size());
    round.forEach(update -> assertEquals(epoch, update.epoch()));
  }

  @Test
  void shouldRefreshSlopesInTheEpochsOfTheSchedule() {
    AsfBackprop rule = new AsfBackprop().withSchedule(RefreshSchedule.everyEpochs(2));
    MultiLayerNetwork network = Glyphs.network(rule, 1);
    Set<Integer> refreshed = new TreeSet<>();
    for (int epoch = 0; epoch < 5; epoch++) {
      Map<String, Double> before = WorkerSpy.slopes(network);
      pass(network, 2, new ExistingDataSetIterator(Glyphs.minibatches(32, 8, epoch)));
      if (!before.equals(WorkerSpy.slopes(network))) {
        refreshed.add(epoch);
      }
      network.incrementEpochCount();
    }
    assertEquals(Set.of(0, 2, 4), refreshed);
  }

  @Test
  void shouldRefreshSlopesInTheIterationsOfTheScheduleWhateverTheEpoch() {
    AsfBackprop rule = new AsfBackprop().withSchedule(RefreshSchedule.everyIterations(3));
    MultiLayerNetwork network = Glyphs.network(rule, 1);
    Set<Integer> refreshed = new TreeSet<>();
    for (int passes = 0; passes < 2; passes++) {
      List<DataSet> data = Glyphs.minibatches(64, 8, passes);
      List<WorkerSpy.Update> updates =
          pass(network, 2, new ExistingDataSetIterator(data)).of(network);
      assertEquals(4, updates.size(), "one iteration for two minibatches");
      for (WorkerSpy.Update update : updates) {
        if (!update.before().equals(update.after())) {
          refreshed.add(update.iteration());
        }
      }
    }
    assertEquals(Set.of(0, 3, 6), refreshed);
  }

  @Test
  void shouldWarnOncePerLayerIfEpochsAreNotCounted() {
    MultiLayerNetwork network = Glyphs.network(new AsfBackprop(), 1);
    List<DataSet> data = Glyphs.minibatches(32, 8, 1);
    assertEquals(List.of(), warnings(network, data));
    List<String> warnings = warnings(network, data);
    assertEquals(List.of(), warnings(network, data));
    assertEquals(3, warnings.size(), "" + warnings);
    // The backward pass comes to the layers from above.
    assertEquals(
        "layer 'layer3' (SpikingDense): training went on in another thread at iteration 2, and"
            + " the epoch is still 0. AsfBackprop (share 0.6, minimum flow 0.001, fallback 1.0,"
            + " refreshed every 5 epochs) depends on the epoch, which must count every pass"
            + " over the data. Possible cause: ParallelWrapper does not count epochs. Call"
            + " network.incrementEpochCount() after each of its passes, or choose a schedule by"
            + " iterations",
        warnings.get(0));
  }

  /** Of a pass of two workers. */
  private static List<String> warnings(MultiLayerNetwork network, List<DataSet> data) {
    return LogOf.warnings(
        "org.dl4jsnn.internal.layer.TrainingWatch",
        () -> pass(network, 2, new ExistingDataSetIterator(data)));
  }

  @Test
  void shouldNotWarnWhereEpochsAreCountedOrDoNotMatter() {
    List<DataSet> data = Glyphs.minibatches(32, 8, 1);
    MultiLayerNetwork counted = Glyphs.network(new AsfBackprop(), 1);
    AsfBackprop byIterations = new AsfBackprop().withSchedule(RefreshSchedule.everyIterations(2));
    for (MultiLayerNetwork network :
        List.of(Glyphs.network(byIterations, 1), Glyphs.network(new RateBackprop(), 1), counted)) {
      for (int passes = 0; passes < 3; passes++) {
        assertEquals(List.of(), warnings(network, data));
        if (network == counted) {
          network.incrementEpochCount();
        }
      }
    }
    // A single trainer counts by itself.
    MultiLayerNetwork single = Glyphs.network(new AsfBackprop(), 1);
    assertEquals(
        List.of(),
        LogOf.warnings(
            "org.dl4jsnn.internal.layer.TrainingWatch",
            () -> single.fit(new ExistingDataSetIterator(data), 3)));
  }
}
