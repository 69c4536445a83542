package org.dl4jsnn.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Keeps, beside a model's file, the model that did best on pictures held out of training. It holds
 * nothing but the file, so a training that is resumed finds its best model again.
 */
final class BestModel {

  private final Path file;
  private double accuracy = -1;

  BestModel(Path model) {
    this.file = beside(model);
  }

  /** Where the best model of a training lies. */
  static Path beside(Path model) {
    return ModelFile.beside(model, "-best.zip");
  }

  /** Offers the best model beside one that is trained on. */
  void offerBeside(Path resumed, ToDoubleFunction<MultiLayerNetwork> accuracyHeldOut) {
    if (Files.exists(beside(resumed))) {
      MultiLayerNetwork network = ModelFile.load(beside(resumed));
      offer(network, accuracyHeldOut.applyAsDouble(network));
    }
  }

  /**
   * Keeps a model if it is better than all before; of equals the earlier one stays.
   *
   * @param offered its accuracy on the pictures held out
   */
  void offer(MultiLayerNetwork network, double offered) {
    if (offered > accuracy) {
      accuracy = offered;
      ModelFile.save(network, file);
    }
  }

  Path file() {
    return file;
  }

  /** The accuracy of the model kept on the pictures held out. */
  double accuracy() {
    return accuracy;
  }
}
