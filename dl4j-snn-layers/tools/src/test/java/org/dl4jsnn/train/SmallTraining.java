package org.dl4jsnn.train;

import static org.dl4jsnn.SameBits.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.dl4jsnn.Networks;
import org.dl4jsnn.conf.ReadOutActivation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDense;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.model.SafeModels;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** A small network, a few samples that it trains on, and the observer's calls. */
final class SmallTraining implements TrainingObserver {

  static final int MINIBATCHES = 7;
  static final int FEATURES = 12;
  private static final long SEED = 3;

  final Path model;
  int epochs;
  double learningRate = 5e-3;
  LearningRateSchedule schedule = LearningRateSchedule.STEP;
  int patience;
  double keptOfAverage;
  Duration checkpointInterval = Duration.ofMinutes(10);

  /** The problems that an observer was told of. */
  final List<String> told = new ArrayList<>();

  SmallTraining(Path model, int epochs) {
    this.model = model;
    this.epochs = epochs;
  }

  static TrainingData data() {
    return new SmallData(100, 60, 100, 16);
  }

  TrainingSettings settings() {
    return TrainingSettings.savingTo(model)
        .epochs(epochs)
        .learningRates(schedule.of(learningRate, epochs, MINIBATCHES, 0))
        .patience(patience)
        .averageWeights(keptOfAverage)
        .checkpointEvery(checkpointInterval);
  }

  private static NeuralNetConfiguration.Builder common() {
    return Networks.seeded(SEED).updater(new Adam(5e-3)).l2(1e-4).miniBatch(false);
  }

  private static SpikingDense dense(String name, int neurons) {
    return new SpikingDense.Builder()
        .name(name)
        .nOut(neurons)
        .threshold(0.5)
        .backprop(new SpatioTemporalBackprop(Surrogate.arctan(1)).withWidthInThresholds())
        .build();
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(new LossL2())
        .nOut(SmallData.CLASSES)
        .activation(new ReadOutActivation(1))
        .hasBias(false)
        .build();
  }

  static MultiLayerNetwork network() {
    return network(10);
  }

  static MultiLayerNetwork network(int neurons) {
    return Networks.of(
        common()
            .list()
            .layer(SpikeEncoding.poisson(4).build())
            .layer(dense("first", neurons))
            .layer(dense("second", 8))
            .layer(output())
            .setInputType(InputType.feedForward(FEATURES))
            .validateOutputLayerConfig(false)
            .build());
  }

  static ComputationGraph graph() {
    return Networks.of(
        common()
            .graphBuilder()
            .addInputs("features")
            .setInputTypes(InputType.feedForward(FEATURES))
            .addLayer("encoding", SpikeEncoding.poisson(4).build(), "features")
            .addLayer("first", dense("first", 10), "encoding")
            .addLayer("second", dense("second", 8), "first")
            .addLayer("output", output(), "second")
            .setOutputs("output")
            .validateOutputLayerConfig(false));
  }

  /** Trains from the start. */
  TrainingResult<MultiLayerNetwork> run() {
    return run(network(), iteration -> false);
  }

  /** Trains from the start until a stop is requested in one of the iterations. */
  <M extends Model> TrainingResult<M> run(M network, IntPredicate stopIn) {
    try (StopRequest stop = StopRequest.onSignal(() -> {});
        Training training = Training.open(settings(), data(), this)) {
      stopIn(network, stop, stopIn);
      return training.begin(network, stop);
    }
  }

  /** Continues from a file until a stop is requested in one of the iterations. */
  TrainingResult<MultiLayerNetwork> resume(Path file, IntPredicate stopIn) {
    return resume(stopIn, (training, stop) -> training.resume(file, stop));
  }

  TrainingResult<ComputationGraph> resumeGraph(Path file, IntPredicate stopIn) {
    return resume(stopIn, (training, stop) -> training.resumeGraph(file, stop));
  }

  private <R> R resume(IntPredicate stopIn, BiFunction<Training, StopRequest, R> run) {
    try (StopRequest stop = StopRequest.onSignal(() -> {});
        Training training = Training.open(settings(), data(), stopping(stop, stopIn))) {
      return run.apply(training, stop);
    }
  }

  private static TrainingObserver stopping(StopRequest stop, IntPredicate stopIn) {
    return new TrainingObserver() {
      @Override
      public void ready(Model network) {
        stopIn(network, stop, stopIn);
      }
    };
  }

  private static void stopIn(Model network, StopRequest stop, IntPredicate stopIn) {
    afterIterations(
        network,
        iteration -> {
          if (stopIn.test(iteration)) {
            stop.request();
          }
        });
  }

  /** Does something after every iteration. */
  static void afterIterations(Model network, IntConsumer action) {
    network.addListeners(
        new BaseTrainingListener() {
          @Override
          public void iterationDone(Model model, int iteration, int epoch) {
            action.accept(iteration);
          }
        });
  }

  @Override
  public void cannotSave(Path file, IOException cause) {
    told.add("cannot save to " + file);
  }

  @Override
  public void savedAgain(Path file) {
    told.add("saved to " + file + " again");
  }

  @Override
  public void cannotLog(Path log, IOException cause) {
    told.add("cannot log to " + log);
  }

  /** Whether a file holds the state of a training in addition to its model. */
  static Optional<TrainingState> state(Path file) {
    return Checkpoint.of(TrainableNetwork.of(ModelFile.load(file)), file, SafeModels.defaults())
        .state();
  }

  /** Two files hold the same model. */
  static void assertSame(Path expected, Path got) {
    assertSame(ModelFile.load(expected), ModelFile.load(got));
  }

  static void assertSame(MultiLayerNetwork one, MultiLayerNetwork other) {
    assertSame(TrainableNetwork.of(one), TrainableNetwork.of(other));
  }

  static void assertSame(TrainableNetwork<?> one, TrainableNetwork<?> other) {
    assertSameBits(one.model().params(), other.model().params());
    assertSameBits(updaterState(one.model()), updaterState(other.model()));
    assertEquals(one.iterations(), other.iterations());
    assertEquals(one.epochs(), other.epochs());
  }

  private static INDArray updaterState(Model network) {
    return network instanceof MultiLayerNetwork layers
        ? layers.getUpdater().getStateViewArray()
        : ((ComputationGraph) network).getUpdater().getStateViewArray();
  }

  /** Two trainings have the same log except for times. */
  static void assertSameLog(Path expected, Path got) throws IOException {
    assertEquals(withoutClock(expected), withoutClock(got));
  }

  private static List<String> withoutClock(Path model) throws IOException {
    return Files.readAllLines(TrainingFiles.log(model)).stream()
        .map(line -> line.replaceFirst("^((?:[^,]*,){6})[^,]*,[^,]*", "$1"))
        .toList();
  }
}
