package org.dl4jsnn.examples.train;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.conf.ReadOutActivation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.examples.data.Digits;
import org.dl4jsnn.examples.data.ImageData;
import org.dl4jsnn.examples.data.MnistFiles;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.ui.TrainingUi;
import org.dl4jsnn.image.ImageAugmentation;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.train.StopRequest;
import org.dl4jsnn.train.Training;
import org.dl4jsnn.train.TrainingData;
import org.dl4jsnn.train.TrainingFiles;
import org.dl4jsnn.train.TrainingObserver;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.schedule.ISchedule;

/** A small network, and a few digits that it trains on, as the examples do. */
public final class ShortTraining {

  private static final int NEVER = -1;
  private static final long SEED = 3;
  private static final Digits DIGITS = MnistFiles.embedded().training();

  final TrainingOptions options;
  private final Output output = new Output(new PrintWriter(new StringWriter()));

  ShortTraining(Path model, int epochs) {
    options = new TrainingOptions(model, epochs, 16, 5e-3);
    options.holdOut = 60;
  }

  TrainingData data() {
    return new ImageData(
        DIGITS.range(0, 100),
        DIGITS.range(100, 160),
        DIGITS.range(160, 260),
        options.batch,
        epoch -> ImageAugmentation.shift(1, 0),
        UnaryOperator.identity());
  }

  MultiLayerNetwork network() {
    return network(options.learningRates(data().trainingSize()));
  }

  static MultiLayerNetwork network(ISchedule learningRates) {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(SEED)
            .updater(new Adam(learningRates))
            .l2(1e-4)
            .miniBatch(false)
            .list()
            .layer(SpikeEncoding.poisson(4).gain(0.5).build())
            .layer(new SpikingDense.Builder().name("first").nOut(30).threshold(0.5).build())
            .layer(new SpikingDense.Builder().name("second").nOut(20).threshold(0.5).build())
            .layer(
                new OutputLayer.Builder(new LossL2())
                    .nOut(10)
                    .activation(new ReadOutActivation(1))
                    .hasBias(false)
                    .build())
            .setInputType(InputType.convolutionalFlat(28, 28, 1))
            .build();
    AsfBackprop.applyTo(configuration);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  /** Trains from the start. */
  void run() {
    run(NEVER, (training, stop) -> training.begin(network(), stop));
  }

  /** Continues from a file to the end. */
  void resume(Path file) {
    resume(file, NEVER);
  }

  /** Continues from a file until a stop is requested in an iteration. */
  void resume(Path file, int stopIn) {
    options.resume = file;
    run(stopIn, (training, stop) -> training.resume(file, stop));
  }

  private void run(int stopIn, BiConsumer<Training, StopRequest> way) {
    TrainingData data = data();
    try (StopRequest stop = StopRequest.onSignal();
        TrainingUi ui = TrainingUi.open(options.watched, output);
        Training training =
            Training.open(
                options.settings(data.trainingSize()), data, stopping(stop, stopIn, ui))) {
      way.accept(training, stop);
    }
  }

  private TrainingObserver stopping(StopRequest stop, int stopIn, TrainingUi ui) {
    PrintedTraining observer =
        new PrintedTraining(options, options.minibatches(data().trainingSize()), output) {
          @Override
          public void ready(Model network) {
            super.ready(network);
            network.addListeners(inIteration(stopIn, stop::request));
          }
        };
    observer.showIn(ui);
    return observer;
  }

  /** Does something after one of the iterations. */
  static TrainingListener inIteration(int wanted, Runnable action) {
    return new BaseTrainingListener() {
      @Override
      public void iterationDone(Model model, int iteration, int epoch) {
        if (iteration == wanted) {
          action.run();
        }
      }
    };
  }

  /** Two files hold the same model. */
  public static void assertSame(Path expected, Path got) {
    MultiLayerNetwork one = ModelFile.load(expected);
    MultiLayerNetwork other = ModelFile.load(got);
    assertSame(one, other);
  }

  static void assertSame(MultiLayerNetwork one, MultiLayerNetwork other) {
    assertSameBits(one.params(), other.params());
    assertSameBits(one.getUpdater().getStateViewArray(), other.getUpdater().getStateViewArray());
    assertEquals(one.getIterationCount(), other.getIterationCount());
    assertEquals(one.getEpochCount(), other.getEpochCount());
  }

  /** Two trainings have the same log except for times. */
  static void assertSameLog(Path expected, Path got) throws Exception {
    assertEquals(withoutClock(expected), withoutClock(got));
  }

  private static List<String> withoutClock(Path model) throws Exception {
    return Files.readAllLines(TrainingFiles.log(model)).stream()
        .map(line -> line.replaceFirst("^((?:[^,]*,){6})[^,]*,[^,]*", "$1"))
        .toList();
  }
}
