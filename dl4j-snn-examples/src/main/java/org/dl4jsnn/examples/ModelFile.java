package org.dl4jsnn.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.model.SafeModels;

/** Saves and loads a network with its updater's state. */
final class ModelFile {

  private static final String SUFFIX = ".zip";

  /** Whoever made the file. */
  private static final SafeModels MODELS = SafeModels.defaults().allowing(CosineSchedule.class);

  private ModelFile() {}

  /**
   * Saves; a kill at any moment leaves either the old file or the new one.
   *
   * @throws UserError if the file cannot be written
   */
  static void save(MultiLayerNetwork network, Path file) {
    try {
      write(network, file);
    } catch (IOException e) {
      throw new UserError("Cannot save the model to " + file.toAbsolutePath() + ": " + e, e);
    }
  }

  /** The same, but with the plain error. */
  static void write(MultiLayerNetwork network, Path file) throws IOException {
    SafeFile.replace(
        file,
        aside -> {
          try (ModelArchive archive = new ModelArchive(aside)) {
            archive.add(network);
          }
        });
  }

  /** Writes with an entry more, which Deeplearning4j passes over. */
  static void write(MultiLayerNetwork network, Path file, String entry, byte[] content)
      throws IOException {
    SafeFile.replace(
        file,
        aside -> {
          try (ModelArchive archive = new ModelArchive(aside)) {
            archive.add(network);
            archive.add(entry, content);
          }
        });
  }

  static MultiLayerNetwork load(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserError("Cannot find a model at " + file.toAbsolutePath());
    }
    try {
      return MODELS.multiLayerNetwork(file);
    } catch (ModelRefusedException e) {
      throw new UserError("Cannot load a model from " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      throw damaged(file, e);
    }
  }

  static UserError damaged(Path file, Exception cause) {
    return new UserError(
        "Cannot load a model from "
            + file.toAbsolutePath()
            + ": "
            + cause
            + ". Possible cause: it is no model's file, or was cut short or changed after it was"
            + " saved",
        cause);
  }

  /** A file that lies beside a model's and shares its name. */
  static Path beside(Path model, String ending) {
    String name = model.getFileName().toString();
    int end = name.endsWith(SUFFIX) ? name.length() - SUFFIX.length() : name.length();
    return model.resolveSibling(name.substring(0, end) + ending);
  }
}
