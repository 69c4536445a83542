package org.dl4jsnn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.api.Model;

/**
 * Keeps, beside a model's file, the model that did best on samples held out of training. It holds
 * nothing but the file, so a training that is resumed finds its best model again; and the model, as
 * long as the file cannot be written.
 */
final class BestModel<M extends Model> {

  private final Path file;
  private double accuracy = -1;
  private Trainee<M> unsaved;

  BestModel(Path model) {
    this.file = TrainingFiles.best(model);
  }

  /** Offers the best model beside one that is trained on. */
  void offerBeside(Path resumed, Trainee<M> like, ToDoubleFunction<Trainee<M>> accuracyHeldOut)
      throws IOException {
    if (Files.exists(TrainingFiles.best(resumed))) {
      Trainee<M> network = like.load(TrainingFiles.best(resumed));
      offer(network, accuracyHeldOut.applyAsDouble(network));
    }
  }

  /**
   * Keeps a model if it is better than all before; of equals the earlier one stays.
   *
   * @param offered its accuracy on the samples held out
   * @throws IOException if it cannot be written; it is held until {@link #save} can
   */
  void offer(Trainee<M> network, double offered) throws IOException {
    if (offered > accuracy) {
      accuracy = offered;
      try {
        ModelFile.write(network, file);
        unsaved = null;
      } catch (IOException e) {
        // The network itself goes on learning.
        unsaved = network.copy();
        throw e;
      }
    }
  }

  /** Writes the model that could not be written, if there is one. */
  void save() throws IOException {
    if (unsaved != null) {
      ModelFile.write(unsaved, file);
      unsaved = null;
    }
  }

  /** The model that could not be written. */
  Optional<Trainee<M>> unsaved() {
    return Optional.ofNullable(unsaved);
  }

  /** The file and the accuracy; empty where no model was kept. */
  Optional<TrainingResult.Best> result() {
    return accuracy < 0 ? Optional.empty() : Optional.of(new TrainingResult.Best(file, accuracy));
  }
}
