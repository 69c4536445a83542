package org.dl4jsnn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.api.Model;
import org.dl4jsnn.internal.io.AtomicFile;
import org.dl4jsnn.model.SafeModels;

/**
 * Keeps, next to a model's file, the model with the best accuracy on held-out samples. Its only
 * state is the file, so a resumed training finds its best model again, and, while the file cannot
 * be written, the model itself.
 */
final class BestModel<M extends Model> {

  private final Path file;
  private final SafeModels models;
  private double accuracy = -1;
  private TrainableNetwork<M> unsaved;

  BestModel(Path model, SafeModels models) {
    this.file = TrainingFiles.best(model);
    this.models = models;
  }

  /** Offers the best model stored next to the model that is resumed. */
  void offerBeside(
      Path resumed, TrainableNetwork<M> like, ToDoubleFunction<TrainableNetwork<M>> accuracyHeldOut)
      throws IOException {
    if (Files.exists(TrainingFiles.best(resumed))) {
      TrainableNetwork<M> network = like.load(TrainingFiles.best(resumed), models);
      offer(network, accuracyHeldOut.applyAsDouble(network));
    }
  }

  /**
   * Keeps a model if its accuracy on the held-out samples is better than all earlier ones; of
   * equals the earlier one stays. If it cannot be written, it is held until {@link #save} succeeds.
   */
  void offer(TrainableNetwork<M> network, double offered) throws IOException {
    if (offered > accuracy) {
      accuracy = offered;
      try {
        ModelFile.write(network, file);
        unsaved = null;
      } catch (IOException e) {
        // The network itself continues to learn.
        unsaved = network.copy();
        throw e;
      }
    }
  }

  /** Writes the model that could not be written before, if any. */
  void save() throws IOException {
    if (unsaved != null) {
      ModelFile.write(unsaved, file);
      unsaved = null;
    }
  }

  /** Writes the best model, if it could not be, next to the model that was saved elsewhere. */
  void keepUnsaved(Path kept) throws IOException {
    if (unsaved != null) {
      ModelFile.write(unsaved, TrainingFiles.best(kept));
    }
  }

  /** Copies the best model, if it was written earlier, next to the model saved elsewhere. */
  void copySaved(Path kept) throws IOException {
    if (unsaved == null && accuracy >= 0) {
      AtomicFile.replace(TrainingFiles.best(kept), out -> Files.copy(file, out));
    }
  }

  /** The file and the accuracy; empty if no model was kept. */
  Optional<TrainingResult.Best> result() {
    return accuracy < 0 ? Optional.empty() : Optional.of(new TrainingResult.Best(file, accuracy));
  }
}
