package org.dl4jsnn.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Keeps, beside a model's file, the model that did best on pictures held out of training. It holds
 * nothing but the file, so a training that is resumed finds its best model again; and the model, as
 * long as the file cannot be written.
 */
final class BestModel {

  private final Path file;
  private double accuracy = -1;
  private MultiLayerNetwork unsaved;

  BestModel(Path model) {
    this.file = beside(model);
  }

  /** Where the best model of a training lies. */
  static Path beside(Path model) {
    return ModelFile.beside(model, "-best.zip");
  }

  /** Offers the best model beside one that is trained on. */
  void offerBeside(Path resumed, ToDoubleFunction<MultiLayerNetwork> accuracyHeldOut)
      throws IOException {
    if (Files.exists(beside(resumed))) {
      MultiLayerNetwork network = ModelFile.load(beside(resumed));
      offer(network, accuracyHeldOut.applyAsDouble(network));
    }
  }

  /**
   * Keeps a model if it is better than all before; of equals the earlier one stays.
   *
   * @param offered its accuracy on the pictures held out
   * @throws IOException if it cannot be written; it is held until {@link #save} can
   */
  void offer(MultiLayerNetwork network, double offered) throws IOException {
    if (offered > accuracy) {
      accuracy = offered;
      try {
        ModelFile.write(network, file);
        unsaved = null;
      } catch (IOException e) {
        // The network itself goes on learning.
        unsaved = network.clone();
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
  Optional<MultiLayerNetwork> unsaved() {
    return Optional.ofNullable(unsaved);
  }

  Path file() {
    return file;
  }

  /** The accuracy of the model kept on the pictures held out. */
  double accuracy() {
    return accuracy;
  }
}
