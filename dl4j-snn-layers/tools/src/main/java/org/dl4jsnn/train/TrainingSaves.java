package org.dl4jsnn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.api.Model;

/**
 * Saves the progress of a training. A failed write, as on a full disk, does not end the training:
 * the observer is notified, and every checkpoint tries again. Only the end of the training fails,
 * and then keeps the models in another folder with room.
 */
final class TrainingSaves<M extends Model> {

  private final Path model;
  private final BestModel<M> best;
  private final EpochLog log;
  private final Optional<WeightAverage> average;
  private final TrainingObserver observer;

  /** The cause of the last attempt's failure; null if it succeeded. */
  private IOException failure;

  private boolean isLogTold;

  /** The averaged network of the last epoch, until it is written. */
  private TrainableNetwork<M> unsavedAverage;

  /**
   * Creates the saves of a training.
   *
   * @param best null if no best model is kept
   * @param average of the parameters; updated by the training
   */
  TrainingSaves(
      Path model,
      BestModel<M> best,
      EpochLog log,
      Optional<WeightAverage> average,
      TrainingObserver observer) {
    this.model = model;
    this.best = best;
    this.log = log;
    this.average = average;
    this.observer = observer;
  }

  /** A write that may fail. */
  interface Write {
    void run() throws IOException;
  }

  /** Writes a checkpoint, and the best model and the average if they are still unwritten. */
  void save(TrainableNetwork<M> network, TrainingState state) {
    save(network, state, () -> {});
  }

  /**
   * The same at the end of an epoch.
   *
   * @param measured the evaluated network, which may be the best one: with averaged parameters if
   *     averaging is on
   */
  void save(
      TrainableNetwork<M> network,
      TrainingState state,
      TrainableNetwork<M> measured,
      double heldOut) {
    Write offer = best == null ? () -> {} : () -> best.offer(measured, heldOut);
    if (average.isPresent()) {
      unsavedAverage = measured;
    }
    save(network, state, offer);
  }

  private void save(TrainableNetwork<M> network, TrainingState state, Write offer) {
    attempt(
        offer,
        this::saveAverage,
        best == null ? () -> {} : best::save,
        () -> Checkpoint.save(network, state, average, model));
  }

  /**
   * Writes the average of a resumed training that may have no epoch left to do so, unless it is
   * there.
   */
  void keepAverage(TrainableNetwork<M> averaged) {
    if (!Files.exists(TrainingFiles.average(model))) {
      unsavedAverage = averaged;
      attempt(this::saveAverage);
    }
  }

  private void saveAverage() throws IOException {
    if (unsavedAverage != null) {
      ModelFile.write(unsavedAverage, TrainingFiles.average(model));
      unsavedAverage = null;
    }
  }

  /** Writes models and reports failures. */
  void attempt(Write... writes) {
    boolean failedBefore = failure != null;
    failure = null;
    for (Write write : writes) {
      try {
        write.run();
      } catch (IOException e) {
        fail(e);
      }
    }
    if (failure != null && !failedBefore) {
      observer.cannotSave(model, failure);
    } else if (failure == null && failedBefore) {
      observer.savedAgain(model);
    }
  }

  private void fail(IOException e) {
    if (failure == null) {
      failure = e;
    } else {
      failure.addSuppressed(e);
    }
  }

  /** Writes the log, whose rows are also in every checkpoint. */
  void writeLog() {
    try {
      log.write();
      isLogTold = false;
    } catch (IOException e) {
      if (!isLogTold) {
        observer.cannotLog(log.file(), e);
      }
      isLogTold = true;
    }
  }

  /**
   * Ends the saving: retries the last failed write.
   *
   * @throws TrainingException if it fails again; names the folder where the models are instead
   */
  void finish(TrainableNetwork<M> network, TrainingState state) {
    if (failure != null) {
      save(network, state);
    }
    if (failure != null) {
      throw rescued(network, state);
    }
  }

  /** Keeps the models elsewhere; returns the exception that says where. */
  private TrainingException rescued(TrainableNetwork<M> network, TrainingState state) {
    Set<Path> folders = new LinkedHashSet<>();
    for (String property : List.of("java.io.tmpdir", "user.home", "user.dir")) {
      folders.add(Path.of(System.getProperty(property)).toAbsolutePath());
    }
    for (Path folder : folders) {
      Path kept = free(folder);
      try {
        rescue(network, state, kept);
        return notSaved("The training is kept as " + kept, kept);
      } catch (IOException e) {
        fail(e);
      }
    }
    return notSaved("There is no room for it in " + folders + " either, so it is lost", null);
  }

  private TrainingException notSaved(String what, Path kept) {
    return new TrainingException(
        "Cannot save to " + model.toAbsolutePath() + ": " + failure + ". " + what, kept, failure);
  }

  /** An unused file name. */
  private Path free(Path folder) {
    String ending = "-" + ProcessHandle.current().pid();
    Path kept = folder.resolve(TrainingFiles.beside(model, ending + ".zip").getFileName());
    for (int i = 2; isTaken(kept); i++) {
      kept = folder.resolve(TrainingFiles.beside(model, ending + "-" + i + ".zip").getFileName());
    }
    return kept;
  }

  private static boolean isTaken(Path kept) {
    return Files.exists(kept)
        || Files.exists(TrainingFiles.best(kept))
        || Files.exists(TrainingFiles.average(kept));
  }

  private void rescue(TrainableNetwork<M> network, TrainingState state, Path kept)
      throws IOException {
    Checkpoint.save(network, state, average, kept);
    try {
      if (best != null) {
        best.keepUnsaved(kept);
      }
      if (unsavedAverage != null) {
        ModelFile.write(unsavedAverage, TrainingFiles.average(kept));
      }
    } catch (IOException e) {
      Files.delete(kept);
      throw e;
    }
    try {
      if (best != null) {
        best.copySaved(kept);
      }
    } catch (IOException e) {
      // The training can go on without it; its file is where it was, if that disk comes back.
      fail(e);
    }
  }
}
