package org.dl4jsnn.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Keeps, beside a model's file, the model that did best on pictures held out of training. It holds
 * nothing but the file, so a training that is resumed finds its best model again.
 */
final class BestModel {

  private final Path file;
  private final LabelledPictures heldOut;
  private final int batch;
  private double accuracy = -1;

  BestModel(Path model, LabelledPictures heldOut, int batch) {
    this.file = beside(model);
    this.heldOut = heldOut;
    this.batch = batch;
  }

  /** Where the best model of a training lies. */
  static Path beside(Path model) {
    String name = model.getFileName().toString();
    int end = name.endsWith(".zip") ? name.length() - ".zip".length() : name.length();
    return model.resolveSibling(name.substring(0, end) + "-best.zip");
  }

  /** Offers what a resumed training has reached: its model, and the best one beside it. */
  void offerResumed(MultiLayerNetwork network, Path resumed) {
    if (Files.exists(beside(resumed))) {
      offer(ModelFile.load(beside(resumed)));
    }
    offer(network);
  }

  /**
   * Keeps a model if it is better than all before; of equals the earlier one stays.
   *
   * @return its accuracy on the pictures held out
   */
  double offer(MultiLayerNetwork network) {
    double offered = network.evaluate(heldOut.inOrder(batch)).accuracy();
    if (offered > accuracy) {
      accuracy = offered;
      ModelFile.save(network, file);
    }
    return offered;
  }

  Path file() {
    return file;
  }

  /** The accuracy of the model kept on the pictures held out. */
  double accuracy() {
    return accuracy;
  }
}
