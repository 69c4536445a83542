package org.dl4jsnn.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.train.EpochRow;
import org.dl4jsnn.train.LearningRateSchedule;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.train.TrainingFiles;
import org.dl4jsnn.train.TrainingResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class ResumedProgramTest {

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
    ShortTraining training = new ShortTraining(straight, EPOCHS);
    training.run();
    MultiLayerNetwork fitted = training.network();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      long seed = fitted.getDefaultConfiguration().getSeed();
      fitted.fit(training.data().training(seed, epoch, 0));
    }
    ShortTraining.assertSame(fitted, ModelFile.load(straight));
  }

  @ParameterizedTest
  @EnumSource(names = {"STEP", "COSINE"})
  void shouldGoOnAfterAnyStopBitForBit(LearningRateSchedule schedule) throws Exception {
    train(schedule, EPOCHS, straight, iteration -> false);
    // Inside the first epoch, after an epoch's last minibatch, after its first, and twice in one.
    int stops = train(schedule, EPOCHS, stopped, List.of(2, 6, 7, 15, 17, 30)::contains);
    assertEquals(6, stops);
    ShortTraining.assertSame(straight, stopped);
    ShortTraining.assertSame(TrainingFiles.best(straight), TrainingFiles.best(stopped));
    ShortTraining.assertSameLog(straight, stopped);
  }

  /** Trains with stops, resuming after each; returns how many there were. */
  private static int train(
      LearningRateSchedule schedule, int epochs, Path model, IntPredicate stopIn) {
    ShortTraining training = new ShortTraining(model, epochs);
    training.options.schedule = schedule;
    training.run(stopIn);
    int stops = 0;
    while (ModelFile.load(model).getEpochCount() < epochs) {
      stops++;
      training.resume(model, stopIn);
    }
    return stops;
  }

  @Test
  void shouldGoOnFromAnEpochsEndBitForBit() throws Exception {
    train(LearningRateSchedule.CONSTANT, 3, straight, iteration -> false);
    train(LearningRateSchedule.CONSTANT, 1, stopped, iteration -> false);
    assertEquals(0, SavedState.minibatches(stopped));
    ShortTraining longer = new ShortTraining(stopped, 3);
    longer.options.schedule = LearningRateSchedule.CONSTANT;
    longer.resume(stopped, iteration -> false);
    ShortTraining.assertSame(straight, stopped);
    ShortTraining.assertSame(TrainingFiles.best(straight), TrainingFiles.best(stopped));
    ShortTraining.assertSameLog(straight, stopped);
  }

  @Test
  void shouldStopWhereNoBetterModelComes() throws Exception {
    ShortTraining training = new ShortTraining(straight, EPOCHS);
    training.options.learningRate = 1e-30;
    training.options.patience = 2;
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
    ShortTraining training = new ShortTraining(straight, 2);
    TrainingResult<MultiLayerNetwork> run = training.run();
    assertFalse(run.isOutOfPatience());
    List<String> lines = Files.readAllLines(TrainingFiles.log(straight));
    assertEquals(
        "epoch,iteration,learning_rate,loss,held_out_accuracy,test_accuracy,seconds,"
            + "samples_per_second,rate_first,rate_second",
        lines.get(0));
    assertEquals(3, lines.size());
    EpochRow last = EpochRow.fromCsv(lines.get(2));
    assertEquals(2, last.epoch());
    assertEquals(2 * ShortTraining.MINIBATCHES, last.iteration());
    assertEquals(1e-3, last.learningRate(), 1e-12);
    assertEquals(ModelFile.load(straight).evaluate(training.data().test()).accuracy(), last.test());
    // Seconds are rounded to a thousandth.
    assertEquals(100 / last.samplesPerSecond(), last.seconds(), 1e-3 + 0.1 * last.seconds());
    last.rates().forEach(rate -> assertTrue(rate > 0 && rate < 1, "rate " + rate));
    assertEquals(lines.get(2), last.toCsv());
  }
}
