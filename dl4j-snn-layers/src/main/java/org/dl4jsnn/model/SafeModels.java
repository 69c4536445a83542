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
 * Loads models and configurations that a stranger may have made. Their classes must be on a list:
 * those of networks of Deeplearning4j, ND4J and this project, and what {@link #allowing} adds; and
 * their sizes must be within {@link ModelLimits}. Whatever {@code ModelSerializer} of
 * Deeplearning4j 1.0.0-M2.1 saves of such a network is loaded as it would load it, with its
 * updater's state:
 *
 * <pre>{@code
 * MultiLayerNetwork network = SafeModels.defaults().multiLayerNetwork(file);
 * }</pre>
 *
 * <p>There is no such way for YAML, which no model's file holds: see docs/security.md.
 *
 * <p>A network that is loaded may still take long or much memory when it runs: its layers, and its
 * number of time steps, are what its maker chose.
 *
 * <p>Immutable, and for any number of threads.
 */
public final class SafeModels {

  /** What messages call a configuration without a file. */
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
   * A loader of networks of Deeplearning4j's and this project's classes, with {@link
   * ModelLimits#defaults()}.
   *
   * @return the loader
   */
  public static SafeModels defaults() {
    return new SafeModels(AllowedClasses.defaults(), ModelLimits.defaults());
  }

  /**
   * This loader, but allowing classes more.
   *
   * @param classes such as an encoder of one's own; they must do no harm whatever values they get
   * @return the loader
   */
  public SafeModels allowing(Class<?>... classes) {
    AllowedClasses more = allowed;
    for (Class<?> type : classes) {
      more = more.and(Require.given("class", type));
    }
    return new SafeModels(more, limits);
  }

  /**
   * This loader, but allowing all classes of a package more.
   *
   * @param name the package's, such as {@code com.example.layers}; packages below it are others
   * @return the loader
   * @throws IllegalArgumentException if that is no package's name; classes without a package are
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
   * This loader, but with other limits.
   *
   * @param other the limits
   * @return the loader
   */
  public SafeModels within(ModelLimits other) {
    return new SafeModels(allowed, Require.given("limits", other));
  }

  /**
   * Loads a model as {@code ModelSerializer.writeModel} saves it, with its updater's state if it is
   * there.
   *
   * @param file the file
   * @return the network
   * @throws ModelRefusedException if it names a class that is not allowed, is larger than the
   *     limits, or is not what it must be
   * @throws IOException if it cannot be read
   */
  public MultiLayerNetwork multiLayerNetwork(Path file) throws IOException {
    try (ModelArchive archive = new ModelArchive(Require.given("file", file), limits)) {
      String json = text(file.toString()).checkedJson(archive.configuration());
      return LoadedNetwork.of(file, reader.multiLayerFromJson(file.toString(), json), archive);
    }
  }

  /**
   * Loads a graph as {@code ModelSerializer.writeModel} saves it, with its updater's state if it is
   * there.
   *
   * @param file the file
   * @return the network
   * @throws ModelRefusedException if it names a class that is not allowed, is larger than the
   *     limits, or is not what it must be
   * @throws IOException if it cannot be read
   */
  public ComputationGraph computationGraph(Path file) throws IOException {
    try (ModelArchive archive = new ModelArchive(Require.given("file", file), limits)) {
      String json = text(file.toString()).checkedJson(archive.configuration());
      return LoadedNetwork.of(file, reader.graphFromJson(file.toString(), json), archive);
    }
  }

  /**
   * Loads an array that a model's file has beside its network.
   *
   * @param file the file
   * @param name the entry
   * @param like an array of as many numbers
   * @param use what has so many numbers, for messages
   * @return the array, in a row; empty where there is no such entry
   * @throws ModelRefusedException if the entry is larger than the limits, or is not what it must be
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
   * Makes a configuration of JSON, as {@code MultiLayerConfiguration.fromJson} does.
   *
   * @param json the text
   * @return the configuration
   * @throws ModelRefusedException if it names a class that is not allowed, is larger than the
   *     limits, or is not what it must be
   */
  public MultiLayerConfiguration multiLayerFromJson(String json) throws ModelRefusedException {
    return reader.multiLayerFromJson(TEXT, text(TEXT).checkedJson(Require.given("json", json)));
  }

  /**
   * Makes a graph's configuration of JSON, as {@code ComputationGraphConfiguration.fromJson} does.
   *
   * @param json the text
   * @return the configuration
   * @throws ModelRefusedException if it names a class that is not allowed, is larger than the
   *     limits, or is not what it must be
   */
  public ComputationGraphConfiguration graphFromJson(String json) throws ModelRefusedException {
    return reader.graphFromJson(TEXT, text(TEXT).checkedJson(Require.given("json", json)));
  }

  private ConfigurationText text(String source) {
    return new ConfigurationText(source, allowed, limits);
  }
}
