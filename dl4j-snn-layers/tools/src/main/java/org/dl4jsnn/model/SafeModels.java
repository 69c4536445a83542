package org.dl4jsnn.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.lang.model.SourceVersion;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.Internal;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Loads untrusted models and configurations. Their classes must be on a list: the network classes
 * of Deeplearning4j, ND4J and this project, and those that {@link #allowing} adds. Their sizes must
 * be within {@link ModelLimits}. It loads everything that {@code ModelSerializer} of Deeplearning4j
 * 1.0.0-M2.1 saves of such a network, including the updater's state, as {@code ModelSerializer}
 * itself would:
 *
 * <pre>{@code
 * MultiLayerNetwork network = SafeModels.defaults().multiLayerNetwork(file);
 * }</pre>
 *
 * <p>YAML is not supported, since no model file contains it: see docs/untrusted-models.md.
 *
 * <p>A loaded network may still take much time or memory when it runs: its author chose its layers
 * and its number of time steps.
 *
 * <p>Immutable and thread-safe.
 */
public final class SafeModels {

  /** The name of a configuration without a file in messages. */
  private static final String TEXT = "configuration";

  private final AllowedClasses allowed;
  private final ModelLimits limits;
  private final ConfigurationReader reader;

  private SafeModels(AllowedClasses allowed, ModelLimits limits) {
    this.allowed = allowed;
    this.limits = limits;
    this.reader = new ConfigurationReader(allowed);
  }

  /**
   * {@return a loader for networks of Deeplearning4j's and this project's classes, with {@link
   * ModelLimits#defaults()}}
   */
  public static SafeModels defaults() {
    return new SafeModels(AllowedClasses.defaults(), ModelLimits.defaults());
  }

  /**
   * {@return this loader with additional allowed classes}
   *
   * @param classes such as a custom encoder; they must be harmless for any values they are given
   */
  public SafeModels allowing(Class<?>... classes) {
    AllowedClasses more = allowed;
    for (Class<?> type : classes) {
      more = more.and(Require.given("class", type));
    }
    return new SafeModels(more, limits);
  }

  /**
   * {@return this loader with all classes of a package allowed in addition}
   *
   * @param name the package's name, such as {@code com.example.layers}; subpackages are not
   *     included
   * @throws IllegalArgumentException if it is not a package name; classes without a package are
   *     never allowed
   */
  public SafeModels allowingPackage(String name) {
    if (!SourceVersion.isName(Require.given("name", name))) {
      throw new IllegalArgumentException(
          "name must be that of a package, such as com.example.layers, got \"" + name + "\"");
    }
    return new SafeModels(allowed.andPackage(name), limits);
  }

  /**
   * {@return this loader with other limits}
   *
   * @param other the limits
   */
  public SafeModels within(ModelLimits other) {
    return new SafeModels(allowed, Require.given("limits", other));
  }

  /**
   * Loads a model as {@code ModelSerializer.writeModel} saves it, with its updater's state if
   * present.
   *
   * @param file the file
   * @return the network
   * @throws ModelRefusedException if it names a class that is not allowed, exceeds the limits, or
   *     is malformed
   * @throws IOException if it cannot be read
   */
  public MultiLayerNetwork multiLayerNetwork(Path file) throws IOException {
    try (ModelArchive archive = new ModelArchive(Require.given("file", file), limits)) {
      String json = text(file.toString()).checkedJson(archive.configuration());
      return LoadedNetwork.of(file, reader.multiLayerFromJson(file.toString(), json), archive);
    }
  }

  /**
   * Loads a graph as {@code ModelSerializer.writeModel} saves it, with its updater's state if
   * present.
   *
   * @param file the file
   * @return the network
   * @throws ModelRefusedException if it names a class that is not allowed, exceeds the limits, or
   *     is malformed
   * @throws IOException if it cannot be read
   */
  public ComputationGraph computationGraph(Path file) throws IOException {
    try (ModelArchive archive = new ModelArchive(Require.given("file", file), limits)) {
      String json = text(file.toString()).checkedJson(archive.configuration());
      return LoadedNetwork.of(file, reader.graphFromJson(file.toString(), json), archive);
    }
  }

  /**
   * Loads an array that a model's file holds in addition to its network.
   *
   * @param file the file
   * @param name the entry
   * @param like an array with the same number of values
   * @param use what has that many values, for messages
   * @return the array as one row; empty if there is no such entry
   * @throws ModelRefusedException if the entry exceeds the limits or is malformed
   * @throws IOException if it cannot be read
   */
  @Internal
  public Optional<INDArray> array(Path file, String name, INDArray like, String use)
      throws IOException {
    try (ModelArchive archive = new ModelArchive(file, limits)) {
      return archive.has(name)
          ? Optional.of(archive.array(name, like.length(), use).castTo(like.dataType()))
          : Optional.empty();
    }
  }

  /**
   * Reads a configuration from JSON, as {@code MultiLayerConfiguration.fromJson} does.
   *
   * @param json the text
   * @return the configuration
   * @throws ModelRefusedException if it names a class that is not allowed, exceeds the limits, or
   *     is malformed
   */
  public MultiLayerConfiguration multiLayerFromJson(String json) throws ModelRefusedException {
    return reader.multiLayerFromJson(TEXT, text(TEXT).checkedJson(Require.given("json", json)));
  }

  /**
   * Reads a graph's configuration from JSON, as {@code ComputationGraphConfiguration.fromJson}
   * does.
   *
   * @param json the text
   * @return the configuration
   * @throws ModelRefusedException if it names a class that is not allowed, exceeds the limits, or
   *     is malformed
   */
  public ComputationGraphConfiguration graphFromJson(String json) throws ModelRefusedException {
    return reader.graphFromJson(TEXT, text(TEXT).checkedJson(Require.given("json", json)));
  }

  private ConfigurationText text(String source) {
    return new ConfigurationText(source, allowed, limits);
  }
}
