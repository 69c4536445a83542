package org.dl4jsnn.examples;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.model.SafeModels;

/** Saves and loads a network with its updater's state. */
final class ModelFile {

  private static final String SUFFIX = ".zip";

  /** Whoever made the file. */
  private static final SafeModels MODELS = SafeModels.defaults().allowing(CosineSchedule.class);

  private ModelFile() {}

  /** Saves; a kill at any moment leaves either the old file or the new one. */
  static void save(MultiLayerNetwork network, Path file) {
    save(file, aside -> ModelSerializer.writeModel(network, aside.toFile(), true));
  }

  /** Saves with an entry more, which Deeplearning4j passes over. */
  static void save(MultiLayerNetwork network, Path file, String entry, byte[] content) {
    save(
        file,
        aside -> {
          ModelSerializer.writeModel(network, aside.toFile(), true);
          // ModelSerializer.addObjectToFile would compress the whole file again.
          try (FileSystem zip = FileSystems.newFileSystem(aside)) {
            Files.write(zip.getPath(entry), content);
          }
        });
  }

  private static void save(Path file, SafeFile.Writer writer) {
    try {
      SafeFile.replace(file, writer);
    } catch (IOException e) {
      throw new UserError("Cannot save the model to " + file.toAbsolutePath() + ": " + e, e);
    }
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
