package org.dl4jsnn.train;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.Function;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.io.AtomicFile;
import org.dl4jsnn.internal.io.RegularFiles;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.model.SafeModels;

/**
 * Saves and loads a network with its updater's state, in the format of Deeplearning4j's
 * ModelSerializer. A kill at any moment leaves either the old file or the new one.
 *
 * <pre>{@code
 * ModelFile.save(network, Path.of("target/digits.zip"));
 * MultiLayerNetwork again = ModelFile.load(Path.of("target/digits.zip"));
 * }</pre>
 */
public final class ModelFile {

  private ModelFile() {}

  /** Loads a network of one type. */
  private interface Loader<M> {
    M load(SafeModels models, Path file) throws IOException;
  }

  /**
   * Saves a network. The folder is created if it does not exist.
   *
   * @param network a MultiLayerNetwork or a ComputationGraph, with any number of inputs and outputs
   * @param file where to save it; an existing file is replaced
   * @throws TrainingException if it cannot be written
   * @throws IllegalArgumentException if the model is of another type
   */
  public static void save(Model network, Path file) {
    try {
      write(network, file, ModelWriter::to, writer -> {});
    } catch (IOException e) {
      throw new TrainingException(
          "Cannot save the model to " + file.toAbsolutePath() + ": " + e, e);
    }
  }

  /** Writes a network in training; throws the original error. */
  static void write(TrainableNetwork<?> network, Path file) throws IOException {
    write(network.model(), file, writer -> {});
  }

  /** Writes a network in training with additional entries. */
  static void write(Model network, Path file, More more) throws IOException {
    write(network, file, ModelWriter::ofTrainingTo, more);
  }

  /** Adds entries to a model's file, which Deeplearning4j ignores. */
  interface More {
    void addTo(ModelWriter writer) throws IOException;
  }

  private static void write(
      Model network, Path file, Function<OutputStream, ModelWriter> newWriter, More more)
      throws IOException {
    ModelWriter.requireKind(network); // before anything is created
    AtomicFile.replace(
        file,
        out -> {
          try (ModelWriter writer = newWriter.apply(out)) {
            writer.add(network);
            more.addTo(writer);
          }
        });
  }

  /**
   * Loads a network, also from an untrusted file: {@link SafeModels#defaults()} refuses harmful
   * content.
   *
   * @param file a model's file
   * @return the network
   * @throws TrainingException if the file does not exist, is refused or is damaged
   */
  public static MultiLayerNetwork load(Path file) {
    return load(file, SafeModels.defaults());
  }

  /**
   * Loads a network with your own classes, or a large one.
   *
   * @param file a model's file
   * @param models the classes that are allowed, and the limits
   * @return the network
   * @throws TrainingException if the file does not exist, is refused or is damaged
   */
  public static MultiLayerNetwork load(Path file, SafeModels models) {
    return load(file, models, SafeModels::multiLayerNetwork);
  }

  /**
   * Loads a graph, also from an untrusted file: {@link SafeModels#defaults()} refuses harmful
   * content.
   *
   * @param file a model's file
   * @return the graph
   * @throws TrainingException if the file does not exist, is refused or is damaged
   */
  public static ComputationGraph loadGraph(Path file) {
    return loadGraph(file, SafeModels.defaults());
  }

  /**
   * Loads a graph with your own classes, or a large one.
   *
   * @param file a model's file
   * @param models the classes that are allowed, and the limits
   * @return the graph
   * @throws TrainingException if the file does not exist, is refused or is damaged
   */
  public static ComputationGraph loadGraph(Path file, SafeModels models) {
    return load(file, models, SafeModels::computationGraph);
  }

  private static <M> M load(Path file, SafeModels models, Loader<M> loader) {
    Require.given("models", models);
    String why = RegularFiles.whyNot(file);
    if (why != null) {
      throw new TrainingException("Cannot find a model at " + file.toAbsolutePath() + ": " + why);
    }
    try {
      return loader.load(models, file);
    } catch (ModelRefusedException e) {
      throw new TrainingException("Cannot load a model from " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      throw damaged(file, e);
    }
  }

  static TrainingException damaged(Path file, Exception cause) {
    return new TrainingException(
        ("Cannot load a model from %s: %s. Possible cause: it is not a model file, or was"
                + " truncated or changed after it was saved")
            .formatted(file.toAbsolutePath(), cause),
        cause);
  }
}
