package org.dl4jsnn.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.internal.layer.SpikeEncodingLayer;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.schedule.ISchedule;

/** Trains a network as the options say, from its start or from a checkpoint, and reports. */
final class TrainingProgram {

  private final TrainingOptions options;
  private final TrainingData data;
  private final Function<ISchedule, MultiLayerNetwork> newNetwork;
  private final Output output;

  /**
   * A program.
   *
   * @param newNetwork makes the network where none is resumed; given the learning rates
   */
  TrainingProgram(
      TrainingOptions options,
      TrainingData data,
      Function<ISchedule, MultiLayerNetwork> newNetwork,
      Output output) {
    this.options = options;
    this.data = data;
    this.newNetwork = newNetwork;
    this.output = output;
  }

  /** Runs it; returns the exit code. */
  int run() {
    EarlierTraining earlier = EarlierTraining.of(options).check();
    List<TrainingLock> locks = new ArrayList<>();
    try {
      // Models with and without .zip share their other files.
      locks.add(TrainingLock.of("--model", ModelFile.beside(options.model, ".zip"), output));
      if (options.health.file != null) {
        locks.add(TrainingLock.of("--health", options.health.file, output));
      }
      cleanUp(earlier.files());
      try (TrainingUi ui = TrainingUi.open(options.watched, output)) {
        return run(earlier, ui);
      }
    } catch (UncheckedIOException e) {
      throw new UserError(e.getMessage(), e);
    } finally {
      locks.forEach(TrainingLock::close);
    }
  }

  private int run(EarlierTraining earlier, TrainingUi ui) {
    Checkpoint from = options.resume == null ? begun() : resumed();
    if (!goesOnInItsFile()) {
      earlier.setAside(options.resume, output);
    }
    MultiLayerNetwork network = from.network();
    if (options.resume == null) {
      ui.watch(network, name(options.model));
    } else {
      ui.watchOn(network, name(options.resume), name(options.model));
    }
    TrainingRun training;
    try (StopRequest stop = StopRequest.listening(output)) {
      training = new TrainingRun(options, data, from, stop, ui::pages, output);
      run(training, stop);
      if (stop.isRequested()) {
        reportStop(network, training);
        return StopRequest.EXIT_CODE;
      }
    }
    if (training.isOutOfPatience() && network.getEpochCount() < options.epochs) {
      output.print(
          "Stopped early: no better held-out accuracy in %d epochs, --patience allows %d",
          training.epochsWithoutBetter(), options.patience);
    }
    report(network, training);
    if (training.best() != null) {
      reportBest(training.best());
    }
    ui.stay();
    return 0;
  }

  /** A training's name in the UI: its model's. */
  private static String name(Path model) {
    return ModelFile.beside(model, "").getFileName().toString();
  }

  private void run(TrainingRun training, StopRequest stop) {
    try {
      training.run();
    } catch (RuntimeException e) {
      if (stop.isRequested()) {
        // Java may end before the error is printed elsewhere.
        output.print("%nStopped, but not saved: %s", e);
      }
      throw e;
    }
  }

  private boolean goesOnInItsFile() {
    try {
      return options.resume != null
          && Files.exists(options.model)
          && Files.isSameFile(options.resume, options.model);
    } catch (IOException e) {
      throw new UserError("Cannot read " + options.model + ": " + e, e);
    }
  }

  private static void cleanUp(List<Path> files) {
    for (Path file : files) {
      try {
        SafeFile.cleanUp(file);
      } catch (IOException e) {
        throw new UserError("Cannot delete what a killed run left beside " + file + ": " + e, e);
      }
    }
  }

  private Checkpoint begun() {
    try {
      MultiLayerNetwork network = newNetwork.apply(options.learningRates(data.trainingSize()));
      StartingRates.prepare(network, data, options, output);
      return new Checkpoint(network, Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private Checkpoint resumed() {
    Checkpoint from = Checkpoint.load(options.resume);
    MultiLayerNetwork network = from.network();
    if (!(network.getLayer(0) instanceof SpikeEncodingLayer encoding)) {
      throw new UserError(
          "--resume must name a model of this example, got one that does not begin with a"
              + " SpikeEncoding: "
              + options.resume.toAbsolutePath());
    }
    TrainingState state = from.stateOr(options.batch, data.trainingSize());
    if (state.minibatches() > 0) {
      same("--batch", state.batch(), options.batch);
    }
    // Others would have been trained on before they are held out.
    same("training pictures", state.pictures(), data.trainingSize());
    if (!state.input().isEmpty() && !state.input().equals(data.input())) {
      tellInput(state);
    }
    network.setLearningRate(options.learningRates(data.trainingSize()));
    output.print(
        "Resumed %s after epoch %d of %d%s (%s, seed %d; options for these are ignored)",
        options.resume,
        network.getEpochCount(),
        options.epochs,
        state.minibatches() == 0 ? "" : " and " + state.minibatches() + " minibatches of the next",
        encoding.encoder(),
        network.getDefaultConfiguration().getSeed());
    if (network.getEpochCount() >= options.epochs) {
      output.print("Nothing left to train; raise --epochs to train on");
    }
    return from;
  }

  private void same(String what, int saved, int got) {
    if (saved != got) {
      throw other(what, saved, got, "--hold-out, --train, --batch");
    }
  }

  /** Between epochs, another input may be what is wanted. */
  private void tellInput(TrainingState state) {
    if (state.minibatches() > 0) {
      throw other("input", state.input(), data.input(), "--steps, --window, --sensor");
    }
    output.print(
        "%s was trained on other input: %s. It goes on with %s",
        options.resume, state.input(), data.input());
  }

  private UserError other(String what, Object saved, Object got, String among) {
    return new UserError(
        String.format(
            "%s must be %s to go on, got %s. Possible cause: %s was saved with other options (%s)",
            what, saved, got, options.resume, among));
  }

  private void reportStop(MultiLayerNetwork network, TrainingRun training) {
    output.print(
        "%nStopped after epoch %d of %d and %d of %d minibatches of the next. Saved to %s",
        network.getEpochCount(),
        options.epochs,
        training.minibatches(),
        options.minibatches(data.trainingSize()),
        options.model.toAbsolutePath());
    output.print("To go on, run the same command with --resume %s", options.model);
  }

  private void report(MultiLayerNetwork network, TrainingRun training) {
    Evaluation evaluation =
        training.evaluation() == null ? network.evaluate(data.test()) : training.evaluation();
    output.print("%s", evaluation.confusionMatrix());
    output.print("Test accuracy: %.2f %%", 100 * evaluation.accuracy());
    output.print("Saved to %s", options.model.toAbsolutePath());

    MultiLayerNetwork reloaded = ModelFile.load(options.model);
    DataSetIterator pictures = data.test();
    boolean same = true;
    while (pictures.hasNext()) {
      INDArray features = pictures.next().getFeatures();
      same &= network.output(features).equalsWithEps(reloaded.output(features), 0);
    }
    if (!same) {
      throw new IllegalStateException("The reloaded model must predict the same, and does not");
    }
    output.print("Reloaded: predicts exactly the same for all %,d test pictures", data.testSize());
  }

  private void reportBest(BestModel best) {
    MultiLayerNetwork network = ModelFile.load(best.file());
    output.print(
        "Model chosen on the %,d pictures held out (%.2f %% of them): after epoch %d",
        data.heldOutSize(), 100 * best.accuracy(), network.getEpochCount());
    output.print(
        "Its test accuracy: %.2f %%; saved as %s",
        100 * network.evaluate(data.test()).accuracy(), best.file().toAbsolutePath());
  }
}
