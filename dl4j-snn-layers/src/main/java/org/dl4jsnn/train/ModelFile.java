package org.dl4jsnn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.internal.io.AtomicFile;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.model.SafeModels;

/**
 * Saves and loads a network with its updater's state, in files as Deeplearning4j's ModelSerializer
 * writes them. A kill at any moment leaves either the old file or the new one.
 */
public final class ModelFile {

  private ModelFile() {}

  /** Loads a network of one kind. */
  private interface Loader<M> {
    M load(Path file) throws IOException;
  }

  /**
   * Saves a network. Its folder is made where there is none.
   *
   * @param network a MultiLayerNetwork or a ComputationGraph
   * @param file where to; a file that is there is replaced
   * @throws TrainingException if it cannot be written
   * @throws IllegalArgumentException if it is another kind of model
   */
  public static void save(Model network, Path file) {
    try {
      write(Trainee.of(network), file);
    } catch (IOException e) {
      throw new TrainingException(
          "Cannot save the model to " + file.toAbsolutePath() + ": " + e, e);
    }
  }

  /** The same, but with the plain error. */
  static void write(Trainee<?> network, Path file) throws IOException {
    write(network, file, writer -> {});
  }

  /** Something more in a model's file, which Deeplearning4j passes over. */
  interface More {
    void addTo(ModelWriter writer) throws IOException;
  }

  /** Writes with something more. */
  static void write(Trainee<?> network, Path file, More more) throws IOException {
    AtomicFile.replace(
        file,
        out -> {
          try (ModelWriter writer = new ModelWriter(out)) {
            writer.add(network);
            more.addTo(writer);
          }
        });
  }

  /**
   * Loads a network, whoever made the file: {@link SafeModels#defaults()} refuses what may do harm.
   *
   * @param file a model's file
   * @return the network
   * @throws TrainingException if there is none, or it is refused or damaged
   */
  public static MultiLayerNetwork load(Path file) {
    return load(file, SafeModels.defaults()::multiLayerNetwork);
  }

  /**
   * Loads a graph, whoever made the file: {@link SafeModels#defaults()} refuses what may do harm.
   *
   * @param file a model's file
   * @return the graph
   * @throws TrainingException if there is none, or it is refused or damaged
   */
  public static ComputationGraph loadGraph(Path file) {
    return load(file, SafeModels.defaults()::computationGraph);
  }

  private static <M> M load(Path file, Loader<M> loader) {
    if (!Files.isRegularFile(file)) {
      throw new TrainingException("Cannot find a model at " + file.toAbsolutePath());
    }
    try {
      return loader.load(file);
    } catch (ModelRefusedException e) {
      throw new TrainingException("Cannot load a model from " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      throw damaged(file, e);
    }
  }

  static TrainingException damaged(Path file, Exception cause) {
    return new TrainingException(
        "Cannot load a model from "
            + file.toAbsolutePath()
            + ": "
            + cause
            + ". Possible cause: it is no model's file, or was cut short or changed after it was"
            + " saved",
        cause);
  }
}
