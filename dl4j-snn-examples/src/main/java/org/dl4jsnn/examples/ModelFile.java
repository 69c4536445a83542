package org.dl4jsnn.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;

/** Saves and loads a network with its updater's state. */
final class ModelFile {

  private ModelFile() {}

  /** Saves; a kill at any moment leaves either the old file or the new one. */
  static void save(MultiLayerNetwork network, Path file) {
    Path target = file.toAbsolutePath();
    try {
      Files.createDirectories(target.getParent());
      Path aside =
          Files.createTempFile(target.getParent(), target.getFileName().toString(), ".new");
      ModelSerializer.writeModel(network, aside.toFile(), true);
      Files.move(
          aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UserError("Cannot save the model to " + target + ": " + e, e);
    }
  }

  static MultiLayerNetwork load(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError("Cannot find a model at " + file.toAbsolutePath());
    }
    try {
      return ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true);
    } catch (IOException | RuntimeException e) {
      throw new UserError(
          "Cannot load a model from " + file.toAbsolutePath() + ": " + e.getMessage(), e);
    }
  }
}
