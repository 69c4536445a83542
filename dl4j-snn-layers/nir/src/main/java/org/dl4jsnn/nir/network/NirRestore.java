package org.dl4jsnn.nir.network;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.model.ModelRefusedException;
import org.dl4jsnn.model.SafeModels;
import org.dl4jsnn.nir.NirGraph;
import org.dl4jsnn.nir.NirNode;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Restores networks from graphs of {@link NirExport}: the configuration comes from the metadata,
 * the weights from the nodes, both bit for bit. The configuration may name only classes that {@link
 * SafeModels} allows.
 *
 * <pre>{@code
 * NirGraph graph = NirFiles.read(Path.of("digits.nir")); // by NirExport
 * MultiLayerNetwork network = NirRestore.defaults().multiLayerNetwork(graph);
 * }</pre>
 *
 * <p>Everything else in the nodes must agree with the configuration: a graph whose time constants,
 * thresholds, nodes or edges were changed is refused; import it without its metadata ({@link
 * NirImport}).
 *
 * <p>Immutable and thread-safe.
 */
public final class NirRestore {

  private final SafeModels models;

  private NirRestore(SafeModels models) {
    this.models = Require.given("models", models);
  }

  /** {@return one that allows classes of Deeplearning4j and this project} */
  public static NirRestore defaults() {
    return new NirRestore(SafeModels.defaults());
  }

  /**
   * {@return one that also allows custom classes}
   *
   * @param models the allowed classes and sizes of a configuration
   */
  public static NirRestore allowing(SafeModels models) {
    return new NirRestore(models);
  }

  /**
   * {@return whether a graph was exported from a MultiLayerNetwork, which {@link
   * #multiLayerNetwork} then restores}
   *
   * @param graph the graph
   */
  public static boolean isOfMultiLayerNetwork(NirGraph graph) {
    return isOf(graph, MultiLayerNetwork.class);
  }

  /**
   * {@return whether a graph was exported from a ComputationGraph, which {@link #computationGraph}
   * then restores}
   *
   * @param graph the graph
   */
  public static boolean isOfComputationGraph(NirGraph graph) {
    return isOf(graph, ComputationGraph.class);
  }

  private static boolean isOf(NirGraph graph, Class<?> type) {
    return type.getSimpleName().equals(graph.metadata().get(Metadata.NETWORK));
  }

  /**
   * {@return the network from which a graph was exported, initialised}
   *
   * @param graph a graph from {@link NirExport}
   * @throws ModelRefusedException if the configuration is not allowed or invalid
   * @throws IllegalArgumentException if the metadata is missing, the nodes disagree with it, or
   *     they have fewer numbers than the configuration has parameters
   * @throws org.deeplearning4j.exception.DL4JException if layers of the configuration are invalid
   */
  public MultiLayerNetwork multiLayerNetwork(NirGraph graph) throws ModelRefusedException {
    require(graph, MultiLayerNetwork.class);
    MultiLayerConfiguration configuration =
        models.multiLayerFromJson(metadata(graph, Metadata.CONFIGURATION));
    requireSize(
        configuration.getConfs().stream()
            .mapToLong(layer -> layer.getLayer().initializer().numParams(layer)),
        graph);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    fill(network, graph);
    return network;
  }

  /**
   * {@return the network from which a graph was exported, initialised}
   *
   * @param graph a graph from {@link NirExport}
   * @throws ModelRefusedException if the configuration is not allowed or invalid
   * @throws IllegalArgumentException if the metadata is missing, the nodes disagree with it, or
   *     they have fewer numbers than the configuration has parameters
   * @throws org.deeplearning4j.exception.DL4JException if layers of the configuration are invalid
   */
  public ComputationGraph computationGraph(NirGraph graph) throws ModelRefusedException {
    require(graph, ComputationGraph.class);
    ComputationGraphConfiguration configuration =
        models.graphFromJson(metadata(graph, Metadata.CONFIGURATION));
    requireSize(
        configuration.getVertices().values().stream().mapToLong(vertex -> vertex.numParams(true)),
        graph);
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    fill(network, graph);
    return network;
  }

  private static void require(NirGraph graph, Class<?> type) {
    Require.not(
        !isOf(graph, type),
        "metadata must name a %s of this library, got %s. Possible cause: another program wrote or"
            + " rewrote the graph; use NirImport",
        type.getSimpleName(),
        graph.metadata().containsKey(Metadata.NETWORK)
            ? graph.metadata().get(Metadata.NETWORK)
            : "none");
  }

  private static String metadata(NirGraph graph, String name) {
    String value = graph.metadata().get(name);
    Require.not(value == null, "metadata must have %s, got %s", name, graph.metadata().keySet());
    return value;
  }

  private static void fill(NeuralNetwork network, NirGraph graph) {
    NirExport export =
        NirExport.ofTimeStep(Metadata.timeStep(metadata(graph, Metadata.TIME_STEP)))
            .droppingInitialMembranes();
    for (NetworkPart part : NetworkWalk.of(network).parts()) {
      Metadata.parametersOutsideNodes(part)
          .forEach((name, values) -> set(graph, Metadata.PARAMETER + name, values));
    }
    ExportedNodes blank = export.write(network);
    requireEqual(blank.graph(Map.of()), graph, blank.readers().keySet());
    blank.readers().forEach((name, reader) -> reader.accept(graph.nodes().get(name)));
    requireEqual(export.write(network).graph(Map.of()), graph, Set.of());
  }

  private static void set(NirGraph graph, String name, INDArray values) {
    HostArrays.copy(Metadata.numbers(name, metadata(graph, name), values.length()), values);
  }

  /** Compares the configuration with the graph, except for the numbers of some nodes. */
  private static void requireEqual(NirGraph expected, NirGraph graph, Set<String> filled) {
    boolean sameNames = expected.nodes().keySet().equals(graph.nodes().keySet());
    boolean sameEdges = Set.copyOf(expected.edges()).equals(Set.copyOf(graph.edges()));
    if (!sameNames || !sameEdges) {
      throw changed("nodes " + graph.nodes().keySet() + " and edges " + graph.edges());
    }
    for (Map.Entry<String, NirNode> node : expected.nodes().entrySet()) {
      NirNode found = graph.nodes().get(node.getKey());
      boolean same =
          filled.contains(node.getKey())
              ? sameButWeights(node.getValue(), found)
              : node.getValue().equals(found);
      if (!same) {
        throw changed("another node '" + node.getKey() + "' (" + found.type() + ")");
      }
    }
  }

  private static IllegalArgumentException changed(String what) {
    return new IllegalArgumentException(
        "nodes must match the configuration in the metadata, got "
            + what
            + ". Possible cause: the graph was changed after the export; import it with a dialect");
  }

  /** Whether nodes differ at most in the numbers of their weights. */
  private static boolean sameButWeights(NirNode one, NirNode other) {
    return one.getClass() == other.getClass()
        && Arrays.equals(WeightNodes.weight(one).shape(), WeightNodes.weight(other).shape());
  }

  // Before memory is set aside, an untrusted configuration must claim no more parameters than its
  // graph has numbers.
  private static void requireSize(LongStream ofLayers, NirGraph graph) {
    long parameters = ofLayers.reduce(0, NirRestore::plus);
    // A number in the metadata takes more than one character.
    long most = graph.metadata().values().stream().mapToLong(String::length).sum() + numbers(graph);
    Require.not(
        parameters > most,
        "the configuration must have no more parameters than the graph has numbers, at most %s,"
            + " got %s",
        most,
        parameters);
  }

  private static long plus(long sum, long parameters) {
    Require.not(parameters < 0, "a layer must have at least 0 parameters, got %s", parameters);
    return Math.addExact(sum, parameters);
  }

  private static long numbers(NirGraph graph) {
    return graph.nodes().values().stream()
        .mapToLong(
            node -> node instanceof NirGraph nested ? numbers(nested) : PlannedSize.weights(node))
        .sum();
  }
}
