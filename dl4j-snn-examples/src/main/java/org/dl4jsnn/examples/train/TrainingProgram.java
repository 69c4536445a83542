package org.dl4jsnn.examples.train;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.examples.support.AnyNetwork;
import org.dl4jsnn.examples.support.BlasKernel;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.SavedNetwork;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.examples.ui.TrainingUi;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.train.ResumeRefusedException;
import org.dl4jsnn.train.StopRequest;
import org.dl4jsnn.train.Training;
import org.dl4jsnn.train.TrainingData;
import org.dl4jsnn.train.TrainingException;
import org.dl4jsnn.train.TrainingResult;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.schedule.ISchedule;

/** Trains a network according to the options, from its start or from a checkpoint, and reports. */
record TrainingProgram(
    TrainingOptions options,
    TrainingData data,
    Function<ISchedule, ? extends Model> newNetwork,
    Output output) {
  /** Runs it; returns the exit code. */
  int run() {
    options.check(data);
    PrintedTraining shown =
        new PrintedTraining(options, options.minibatches(data.trainingSize()), output);
    try (Training training = Training.open(options.settings(data.trainingSize()), data, shown);
        TrainingUi ui = TrainingUi.open(options.watched, output)) {
      shown.showIn(ui);
      output.progress(
          "Java %d; kernels: %s; BLAS: %s",
          Runtime.version().feature(), Kernels.chosen().description(), BlasKernel.name());
      return run(training, ui);
    } catch (TrainingException e) {
      throw shown(e, options);
    } catch (UncheckedIOException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private int run(Training training, TrainingUi ui) {
    Model begun = options.resume == null ? begun() : null;
    TrainingResult<?> result;
    try (StopRequest stop = StopRequest.onSignal(this::printStop)) {
      result = train(training, begun, stop);
      if (stop.isRequested()) {
        reportStop(result);
        return StopRequest.EXIT_CODE;
      }
    }
    Model network = result.network();
    if (result.isOutOfPatience() && epochs(network) < options.epochs) {
      output.progress(
          "Stopped early: no better held-out accuracy in %d epochs, --patience allows %d",
          result.epochsWithoutBetter(), options.patience);
    }
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("epochs", epochs(network));
    if (result.average().isPresent()) {
      Path average = result.average().get();
      report((Model) SavedNetwork.load(average), average, result.evaluation(), figures);
    } else {
      report(network, options.model, result.evaluation(), figures);
    }
    result.best().ifPresent(best -> reportBest(best, figures));
    output.json(figures);
    ui.stay();
    return 0;
  }

  private void printStop() {
    output.progress(
        "%nStopping after this minibatch; press Ctrl-C again to stop at once without " + "saving");
  }

  private TrainingResult<?> train(Training training, Model begun, StopRequest stop) {
    try {
      if (begun != null) {
        return training.begin(begun, stop);
      }
      return SavedNetwork.isGraph(options.resume)
          ? training.resumeGraph(options.resume, stop)
          : training.resume(options.resume, stop);
    } catch (RuntimeException e) {
      RuntimeException shown = e instanceof TrainingException error ? shown(error, options) : e;
      if (stop.isRequested()) {
        // Java may end before the error is printed elsewhere.
        output.warning("%nStopped, but not saved: %s", shown);
      }
      throw shown;
    }
  }

  private static int epochs(Model network) {
    return NetworkWalk.of((NeuralNetwork) network).epoch();
  }

  private Model begun() {
    try {
      Model network = newNetwork.apply(options.learningRates(data.trainingSize()));
      if (options.isSpiking) {
        StartingRates.prepare(network, data, options, output);
      }
      return network;
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private void reportStop(TrainingResult<?> result) {
    output.print(
        "%nStopped after epoch %d of %d and %d of %d minibatches of the next. Saved to %s",
        epochs(result.network()),
        options.epochs,
        result.minibatches(),
        options.minibatches(data.trainingSize()),
        options.model.toAbsolutePath());
    output.print("To continue, run the same command with %s", options.toContinue());
    output.json(
        Map.of(
            "stopped", true,
            "epochs", epochs(result.network()),
            "model", options.model.toAbsolutePath().toString()));
  }

  private void report(
      Model network, Path file, Optional<Evaluation> last, Map<String, Object> figures) {
    Evaluation evaluation = last.orElseGet(() -> AnyNetwork.evaluate(network, data.test()));
    output.progress("%s", evaluation.confusionMatrix());
    output.print("Test accuracy: %.2f %%", 100 * evaluation.accuracy());
    output.print("Saved to %s", file.toAbsolutePath());
    figures.put("test_accuracy", evaluation.accuracy());
    figures.put("model", file.toAbsolutePath().toString());

    Model reloaded = (Model) SavedNetwork.load(file);
    DataSetIterator images = data.test();
    boolean same = true;
    while (images.hasNext()) {
      INDArray features = images.next().getFeatures();
      same &=
          AnyNetwork.output(network, features)
              .equalsWithEps(AnyNetwork.output(reloaded, features), 0);
    }
    if (!same) {
      throw new IllegalStateException("The reloaded model must predict the same, but does not");
    }
    output.progress(
        "Reloaded: predicts exactly the same for all %,d test samples", data.testSize());
  }

  private void reportBest(TrainingResult.Best best, Map<String, Object> figures) {
    Model network = (Model) SavedNetwork.load(best.file());
    output.print(
        "Model chosen on %,d held-out images (%.2f %% correct): after epoch %d",
        data.heldOutSize(), 100 * best.accuracy(), epochs(network));
    double accuracy = AnyNetwork.evaluate(network, data.test()).accuracy();
    output.print(
        "Its test accuracy: %.2f %%; saved as %s", 100 * accuracy, best.file().toAbsolutePath());
    figures.put("best_epoch", epochs(network));
    figures.put("best_test_accuracy", accuracy);
    figures.put("best_model", best.file().toAbsolutePath().toString());
  }

  static UserError shown(TrainingException error, TrainingOptions options) {
    if (error instanceof ResumeRefusedException refused) {
      return UserError.of(
          error,
          "%s must be %s to continue, got %s. Possible cause: %s was saved with other options (%s)",
          switch (refused.reason()) {
            case BATCH -> "--batch";
            case TRAINING_SIZE -> "training samples";
            case INPUT -> "input";
          },
          refused.saved(),
          refused.got(),
          options.resume,
          refused.reason() == ResumeRefusedException.Cause.INPUT
              ? options.ofInput
              : options.ofSize);
    }
    String hint = error.resumable().map(file -> "; to continue, add --resume " + file).orElse("");
    return new UserError(error.getMessage() + hint, error);
  }
}
