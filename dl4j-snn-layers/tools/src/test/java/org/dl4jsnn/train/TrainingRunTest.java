package org.dl4jsnn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

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
}
