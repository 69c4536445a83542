package org.dl4jsnn.train;

import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4jsnn.Networks;
import org.dl4jsnn.model.SafeModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TrainingRunTest {

  /** Slopes are refreshed in the first and in the sixth, the learning rate falls in the last. */
  private static final int EPOCHS = 6;

  @TempDir private Path folder;
  private Path straight;
  private Path stopped;

  @BeforeEach
  void nameFiles() {
    straight = folder.resolve("straight.zip");
    stopped = folder.resolve("stopped.zip");
  }

  @Test
  void shouldTrainAsFitDoesBitForBit() {
    SmallTraining training = new SmallTraining(straight, EPOCHS);
    training.run();
    MultiLayerNetwork fitted = SmallTraining.network();
    fitted.setLearningRate(LearningRateSchedule.STEP.of(5e-3, EPOCHS, 7, 0));
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      long seed = fitted.getDefaultConfiguration().getSeed();
      fitted.fit(SmallTraining.data().training(seed, epoch, 0));
    }
    SmallTraining.assertSame(fitted, ModelFile.load(straight));
  }

  @ParameterizedTest
  @EnumSource(names = {"STEP", "COSINE"})
  void shouldResumeAfterAnyStopBitForBit(LearningRateSchedule schedule) throws Exception {
    train(schedule, EPOCHS, straight, iteration -> false);
    // Inside the first epoch, after an epoch's last minibatch, after its first, and twice in one.
    int stops = train(schedule, EPOCHS, stopped, List.of(2, 6, 7, 15, 17, 30)::contains);
    assertEquals(6, stops);
    SmallTraining.assertSame(straight, stopped);
    SmallTraining.assertSame(TrainingFiles.best(straight), TrainingFiles.best(stopped));
    SmallTraining.assertSameLog(straight, stopped);
  }

  /** Trains with stops, resuming after each; returns how many there were. */
  private static int train(
      LearningRateSchedule schedule, int epochs, Path model, IntPredicate stopIn) {
    SmallTraining training = new SmallTraining(model, epochs);
    training.schedule = schedule;
    training.run(SmallTraining.network(), stopIn);
    int stops = 0;
    while (ModelFile.load(model).getEpochCount() < epochs) {
      stops++;
      training.resume(model, stopIn);
    }
    return stops;
  }

  @Test
  void shouldResumeFromAnEpochsEndBitForBit() throws Exception {
    train(LearningRateSchedule.CONSTANT, 3, straight, iteration -> false);
    train(LearningRateSchedule.CONSTANT, 1, stopped, iteration -> false);
    assertEquals(0, SmallTraining.state(stopped).orElseThrow().minibatches());
    SmallTraining longer = new SmallTraining(stopped, 3);
    longer.schedule = LearningRateSchedule.CONSTANT;
    longer.resume(stopped, iteration -> false);
    SmallTraining.assertSame(straight, stopped);
    SmallTraining.assertSame(TrainingFiles.best(straight), TrainingFiles.best(stopped));
    SmallTraining.assertSameLog(straight, stopped);
  }

  @Test
  void shouldStopIfNoBetterModelComes() throws Exception {
    SmallTraining training = new SmallTraining(straight, EPOCHS);
    training.learningRate = 1e-30;
    training.patience = 2;
    TrainingResult<MultiLayerNetwork> run = training.run();
    assertTrue(run.isOutOfPatience());
    assertEquals(3, ModelFile.load(straight).getEpochCount());
    assertEquals(1, ModelFile.load(TrainingFiles.best(straight)).getEpochCount());

    training.resume(straight, iteration -> false);
    assertEquals(3, ModelFile.load(straight).getEpochCount());
    assertEquals(4, Files.readAllLines(TrainingFiles.log(straight)).size());
  }

  @Test
  void shouldLogEveryEpoch() throws Exception {
    SmallTraining training = new SmallTraining(straight, 2);
    MultiLayerNetwork network = SmallTraining.network();
    List<Double> rates = new ArrayList<>();
    network.addListeners(
        new BaseTrainingListener() {
          @Override
          public void onForwardPass(Model model, List<INDArray> activations) {
            rates.clear();
            for (int layer : new int[] {1, 2}) {
              rates.add(activations.get(layer + 1).meanNumber().doubleValue());
            }
          }
        });
    TrainingResult<MultiLayerNetwork> run = training.run(network, iteration -> false);
    assertFalse(run.isOutOfPatience());
    List<String> lines = Files.readAllLines(TrainingFiles.log(straight));
    assertEquals(
        "epoch,iteration,learning_rate,loss,held_out_accuracy,test_accuracy,seconds,"
            + "samples_per_second,rate_first,rate_second",
        lines.get(0));
    assertEquals(3, lines.size());
    EpochRow last = EpochRow.fromCsv(lines.get(2));
    assertEquals(2, last.epoch());
    assertEquals(2 * SmallTraining.MINIBATCHES, last.iteration());
    assertEquals(1e-3, last.learningRate(), 1e-12);
    assertEquals(
        ModelFile.load(straight).evaluate(SmallTraining.data().test()).accuracy(), last.test());
    // Seconds are rounded to a thousandth.
    assertEquals(100 / last.samplesPerSecond(), last.seconds(), 1e-3 + 0.1 * last.seconds());
    // Of the last minibatch, rounded.
    assertEquals(rates.size(), last.rates().size());
    for (int layer = 0; layer < 2; layer++) {
      assertTrue(rates.get(layer) > 0);
      assertEquals(rates.get(layer), last.rates().get(layer), 1e-4);
    }
    assertEquals(lines.get(2), last.toCsv());
  }

  @Test
  void shouldCountEpochsWithoutABetterModelWhereSamplesWereHeldOut() {
    EpochRow without = new EpochRow(1, 10, 1e-3, 1.5, Double.NaN, 0.4, 3, 50, List.of());
    EpochRow with = new EpochRow(2, 20, 1e-3, 1.4, 0.5, 0.5, 3, 50, List.of());
    EpochRow worse = new EpochRow(3, 30, 1e-3, 1.3, 0.4, 0.5, 3, 50, List.of());
    Path model = folder.resolve("a.zip");
    assertEquals(0, new EpochLog(model, List.of(), List.of(without)).epochsWithoutBetter());
    List<EpochRow> rows = List.of(without, without, with, worse);
    assertEquals(1, new EpochLog(model, List.of(), rows).epochsWithoutBetter());
  }

  @Test
  void shouldReadTheRowsItWrites() throws IOException {
    EpochRow row = new EpochRow(1, 10, 1e-3, 1.5, Double.NaN, 0.4, 3, 50, List.of(0.25));
    EpochLog log = new EpochLog(folder.resolve("a.zip"), List.of("one, two"), List.of(row));
    log.write();
    List<String> lines = Files.readAllLines(TrainingFiles.log(folder.resolve("a.zip")));
    assertEquals(
        "epoch,iteration,learning_rate,loss,held_out_accuracy,test_accuracy,seconds,"
            + "samples_per_second,rate_one  two",
        lines.get(0));
    assertEquals(row, EpochRow.fromCsv(lines.get(1)));
  }

  @Test
  void shouldRefuseOtherLines() {
    assertMessage("line must have at least 8 cells, got 1,2", () -> EpochRow.fromCsv("1,2"));
  }

  @Test
  void shouldKeepARequestFromAnyThread() throws InterruptedException {
    try (StopRequest stop = StopRequest.onSignal()) {
      assertFalse(stop.isRequested());
      Thread other = new Thread(stop::request);
      other.start();
      other.join();
      assertTrue(stop.isRequested());
    }
  }

  @Test
  void shouldListenToSignalsOnlyIfItIsMadeByThem() {
    try (StopRequest signals = StopRequest.onSignal(() -> {});
        StopRequest program = StopRequest.byProgram()) {
      signals.listen();
      program.listen();
      assertTrue(Runtime.getRuntime().removeShutdownHook(signals.hook));
      assertFalse(Runtime.getRuntime().removeShutdownHook(program.hook));
    }
  }

  @Test
  void shouldListenOnceAndNotAfterItsEnd() {
    StopRequest stop = StopRequest.onSignal(() -> {});
    stop.listen();
    stop.listen();
    stop.close();
    assertFalse(Runtime.getRuntime().removeShutdownHook(stop.hook), "closed");
    stop.close();
    stop.listen();
    assertFalse(Runtime.getRuntime().removeShutdownHook(stop.hook), "after its end");
    assertFalse(stop.isRequested());
  }

  private static final IntPredicate NEVER = iteration -> false;
  private static final double KEPT = 0.6;

  private SmallTraining training(String name) {
    SmallTraining training = new SmallTraining(folder.resolve(name), 3);
    training.keptOfAverage = KEPT;
    return training;
  }

  @Test
  void shouldAverageTheParametersOfAllMinibatches() {
    MultiLayerNetwork network = SmallTraining.network();
    List<double[]> parameters = new ArrayList<>();
    parameters.add(network.params().toDoubleVector());
    SmallTraining.afterIterations(
        network,
        iteration -> {
          parameters.add(network.params().toDoubleVector());
        });
    TrainingResult<MultiLayerNetwork> result = training("model.zip").run(network, NEVER);
    double[] expected = parameters.get(0);
    for (int n = 1; n < parameters.size(); n++) {
      double kept = Math.min(KEPT, (1.0 + n) / (10 + n));
      for (int i = 0; i < expected.length; i++) {
        expected[i] = kept * expected[i] + (1 - kept) * parameters.get(n)[i];
      }
    }
    MultiLayerNetwork averaged = ModelFile.load(result.average().orElseThrow());
    assertArrayEquals(expected, averaged.params().toDoubleVector(), 1e-5);
    assertEquals(3, averaged.getEpochCount());
    assertNotEquals(averaged.params(), result.network().params());
  }

  /** More parameters than one thread averages at a time. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void shouldAverageManyParametersBitForBit(DataType type) {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder().dataType(type),
            new OutputLayer.Builder().nIn(400).nOut(400).build());
    INDArray before = network.params().dup();
    WeightAverage average = WeightAverage.beginning(KEPT, network);
    network.setParams(Nd4j.rand(type, before.shape()));
    average.add(TrainableNetwork.of(network));
    double share = 1 - 1.0 / 10;
    Number ofType = type == DataType.DOUBLE ? (Number) share : (Number) (float) share;
    assertSameBits(before.add(network.params().sub(before).muli(ofType)), average.parameters());
  }

  /** In half precision a thousandth of a change would often be nothing. */
  @Test
  void shouldAverageHalfPrecisionInSinglePrecision() throws Exception {
    MultiLayerNetwork network =
        Networks.of(
            new NeuralNetConfiguration.Builder().dataType(DataType.FLOAT16),
            new OutputLayer.Builder().nIn(40).nOut(40).build());
    network.params().assign(0.05);
    WeightAverage average = WeightAverage.beginning(0.999, network);
    network.params().assign(0.06);
    network.setIterationCount(100_000);
    for (int i = 0; i < 1000; i++) {
      average.add(TrainableNetwork.of(network));
    }
    double expected = 0.06 - 0.01 * Math.pow(0.999, 1000);
    assertEquals(expected, average.parameters().getDouble(0), 1e-4);
    TrainableNetwork<MultiLayerNetwork> averaged = average.of(TrainableNetwork.of(network));
    assertEquals(DataType.FLOAT16, averaged.model().params().dataType());
    assertEquals(expected, averaged.model().params().getDouble(0), 1e-4);
    Path file = folder.resolve("half.zip");
    TrainingState state = TrainingState.atEpochStart(1, 1);
    Checkpoint.save(TrainableNetwork.of(network), state, Optional.of(average), file);
    TrainableNetwork<MultiLayerNetwork> loaded = TrainableNetwork.of(ModelFile.load(file));
    assertSameBits(
        average.parameters(),
        Checkpoint.of(loaded, file, SafeModels.defaults())
            .average(0.999)
            .orElseThrow()
            .parameters());
  }

  /** A training that has no epoch left still leaves the average where it is saved. */
  @Test
  void shouldWriteTheAverageOfAFinishedTrainingInAnotherFile() {
    training("model.zip").run();
    TrainingResult<MultiLayerNetwork> result =
        training("other.zip").resume(folder.resolve("model.zip"), NEVER);
    SmallTraining.assertSame(
        TrainingFiles.average(folder.resolve("model.zip")), result.average().orElseThrow());
  }

  @Test
  void shouldMeasureAndChooseTheAverage() {
    TrainingResult<MultiLayerNetwork> result = training("model.zip").run();
    MultiLayerNetwork averaged = ModelFile.load(result.average().orElseThrow());
    EpochRow last = result.rows().get(2);
    assertEquals(averaged.evaluate(SmallTraining.data().test()).accuracy(), last.test(), 1e-9);
    assertEquals(
        averaged.evaluate(SmallTraining.data().heldOut()).accuracy(), last.heldOut(), 1e-9);
    MultiLayerNetwork best = ModelFile.load(result.best().orElseThrow().file());
    assertEquals(
        result.best().orElseThrow().accuracy(),
        best.evaluate(SmallTraining.data().heldOut()).accuracy(),
        1e-9);
    assertEquals(3, best.getEpochCount());
    assertSameBits(averaged.params(), best.params());
  }

  @Test
  void shouldLearnTheSameAsWithoutAverage() {
    TrainingResult<MultiLayerNetwork> with = training("with.zip").run();
    TrainingResult<MultiLayerNetwork> without =
        new SmallTraining(folder.resolve("without.zip"), 3).run();
    SmallTraining.assertSame(with.network(), without.network());
    assertTrue(without.average().isEmpty());
  }

  @Test
  void shouldGoOnBitForBit() {
    training("straight.zip").run();
    training("stopped.zip").run(SmallTraining.network(), Set.of(2, 9)::contains);
    Path stopped = folder.resolve("stopped.zip");
    training("stopped.zip").resume(stopped, Set.of(2, 9)::contains);
    training("stopped.zip").resume(stopped, NEVER);
    for (String ending : List.of(".zip", "-average.zip", "-best.zip")) {
      SmallTraining.assertSame(
          ModelFile.load(folder.resolve("straight" + ending)),
          ModelFile.load(folder.resolve("stopped" + ending)));
    }
  }

  @Test
  void shouldRefuseSharesOutOfRange() {
    TrainingSettings settings = TrainingSettings.savingTo(folder.resolve("model.zip"));
    assertMessage(
        "share kept by the average of the weights must be at least 0 and below 1, got 1.0",
        () -> settings.averageWeights(1));
  }

  @Test
  void shouldKeepTheCountersOfGraphs() {
    TrainingResult<ComputationGraph> result =
        training("graph.zip").run(SmallTraining.graph(), NEVER);
    ComputationGraph averaged = ModelFile.loadGraph(result.average().orElseThrow());
    assertEquals(3, averaged.getEpochCount());
    assertEquals(3 * SmallTraining.MINIBATCHES, averaged.getIterationCount());
    ComputationGraph best = ModelFile.loadGraph(result.best().orElseThrow().file());
    assertEquals(best.getEpochCount() * SmallTraining.MINIBATCHES, best.getIterationCount());
    assertTrue(best.getIterationCount() > 0);
  }
}
