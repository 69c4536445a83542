package org.dl4jsnn.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Saves where a training stands. What cannot be written, as on a full disk, does not end the
 * training: it is told, and every checkpoint tries again. Only the end of the training fails then,
 * and keeps the models where there is room.
 */
final class TrainingSaves {

  private final Path model;
  private final BestModel best;
  private final EpochLog log;
  private final Output output;

  /** Why the last attempt failed; null if it did not. */
  private IOException failure;

  private boolean isLogTold;

  /**
   * Saves of a training.
   *
   * @param best null where no model is chosen
   */
  TrainingSaves(Path model, BestModel best, EpochLog log, Output output) {
    this.model = model;
    this.best = best;
    this.log = log;
    this.output = output;
  }

  /** Something that is written. */
  interface Write {
    void run() throws IOException;
  }

  /** A checkpoint, and the best model if it is yet to be written. */
  void save(MultiLayerNetwork network, TrainingState state) {
    save(network, state, () -> {});
  }

  /** The same at the end of an epoch, whose model may be the best. */
  void save(MultiLayerNetwork network, TrainingState state, double heldOut) {
    save(network, state, best == null ? () -> {} : () -> best.offer(network, heldOut));
  }

  private void save(MultiLayerNetwork network, TrainingState state, Write first) {
    attempt(
        first, best == null ? () -> {} : best::save, () -> Checkpoint.save(network, state, model));
  }

  /** Writes models, and tells what cannot be written. */
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
      output.print(
          "%nCannot save to %s: %s. The training goes on, and every checkpoint tries again",
          model.toAbsolutePath(), failure);
    } else if (failure == null && failedBefore) {
      output.print("%nSaved to %s again", model.toAbsolutePath());
    }
  }

  private void fail(IOException e) {
    if (failure == null) {
      failure = e;
    } else {
      failure.addSuppressed(e);
    }
  }

  /** Writes the log, whose rows are in every checkpoint, too. */
  void writeLog() {
    try {
      log.write();
      isLogTold = false;
    } catch (IOException e) {
      if (!isLogTold) {
        output.print(
            "%nCannot write the log to %s: %s. Every epoch tries again",
            log.file().toAbsolutePath(), e);
      }
      isLogTold = true;
    }
  }

  /**
   * Ends the saving: what failed last is tried once more.
   *
   * @throws UserError if it fails again, with where the models are instead
   */
  void finish(MultiLayerNetwork network, TrainingState state) {
    if (failure != null) {
      save(network, state);
    }
    if (failure != null) {
      throw new UserError(
          "Cannot save to "
              + model.toAbsolutePath()
              + ": "
              + failure
              + ". "
              + rescued(network, state),
          failure);
    }
  }

  /** Keeps the models elsewhere; returns where. */
  private String rescued(MultiLayerNetwork network, TrainingState state) {
    Set<Path> folders = new LinkedHashSet<>();
    for (String property : List.of("java.io.tmpdir", "user.home", "user.dir")) {
      folders.add(Path.of(System.getProperty(property)).toAbsolutePath());
    }
    for (Path folder : folders) {
      Path kept = free(folder);
      try {
        rescue(network, state, kept);
        return "The training is kept as " + kept + "; to go on, add --resume " + kept;
      } catch (IOException e) {
        fail(e);
      }
    }
    return "There is no room for it in " + folders + " either, so it is lost";
  }

  /** A name that no model has yet. */
  private Path free(Path folder) {
    String ending = "-" + ProcessHandle.current().pid();
    Path kept = folder.resolve(ModelFile.beside(model, ending + ".zip").getFileName());
    for (int i = 2; Files.exists(kept) || Files.exists(BestModel.beside(kept)); i++) {
      kept = folder.resolve(ModelFile.beside(model, ending + "-" + i + ".zip").getFileName());
    }
    return kept;
  }

  private void rescue(MultiLayerNetwork network, TrainingState state, Path kept)
      throws IOException {
    Checkpoint.save(network, state, kept);
    try {
      if (best != null && best.unsaved().isPresent()) {
        ModelFile.write(best.unsaved().get(), BestModel.beside(kept));
      }
    } catch (IOException e) {
      Files.delete(kept);
      throw e;
    }
  }
}
