package org.dl4jsnn.internal.walk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.FrozenVertex;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.dl4jsnn.internal.Require;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A walk through a graph, in topological order. */
final class GraphWalk extends NetworkWalk {

  private final ComputationGraph graph;

  GraphWalk(ComputationGraph graph) {
    super(parts(graph));
    this.graph = graph;
  }

  private static List<NetworkPart> parts(ComputationGraph graph) {
    List<String> networkInputs = graph.getConfiguration().getNetworkInputs();
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < networkInputs.size(); i++) {
      places.put(networkInputs.get(i), -1 - i);
    }
    List<NetworkPart> parts = new ArrayList<>();
    for (int index : graph.topologicalSortOrder()) {
      GraphVertex vertex = graph.getVertices()[index];
      if (!vertex.isInputVertex()) {
        List<Integer> inputs =
            Stream.of(vertex.getInputVertices())
                .map(VertexIndices::getVertexIndex)
                .map(below -> places.get(graph.getVertices()[below].getVertexName()))
                .toList();
        places.put(vertex.getVertexName(), parts.size());
        parts.add(part(graph, parts.size(), vertex, inputs));
      }
    }
    return List.copyOf(parts);
  }

  private static NetworkPart part(
      ComputationGraph graph, int place, GraphVertex vertex, List<Integer> inputs) {
    VertexIndices[] readers = vertex.getOutputVertices();
    return new NetworkPart(
        place,
        vertex.getVertexName(),
        vertex.getVertexName(),
        vertex.hasLayer() ? vertex.getLayer() : null,
        vertex.hasLayer() ? null : configuration(graph, vertex.getVertexName()),
        vertex instanceof FrozenVertex || vertex.hasLayer() && isFrozen(vertex.getLayer()),
        inputs,
        readers == null || readers.length == 0,
        vertex instanceof LayerVertex layer
            ? new PartRun.OfLayer(layer.getLayer(), layer.getLayerPreProcessor())
            : new PartRun.OfVertex(vertex));
  }

  private static org.deeplearning4j.nn.conf.graph.GraphVertex configuration(
      ComputationGraph graph, String name) {
    var configuration = graph.getConfiguration().getVertices().get(name);
    return configuration instanceof org.deeplearning4j.nn.conf.graph.FrozenVertex frozen
        ? frozen.getUnderlying()
        : configuration;
  }

  static boolean isFrozen(Layer layer) {
    return layer instanceof FrozenLayer || layer instanceof FrozenLayerWithBackprop;
  }

  @Override
  public int iteration() {
    return graph.getIterationCount();
  }

  @Override
  public int epoch() {
    return graph.getEpochCount();
  }

  @Override
  public INDArray[] features() {
    return graph.getInputs();
  }

  @Override
  public NetworkPart readOut() {
    List<String> outputs = graph.getConfiguration().getNetworkOutputs();
    Require.not(
        outputs.size() != 1,
        "the graph must have one output, got %s: %s",
        outputs.size(),
        String.join(", ", outputs));
    NetworkPart output =
        parts().stream()
            .filter(part -> part.name().equals(outputs.get(0)))
            .findFirst()
            .orElseThrow();
    Require.not(
        !(output.layer() instanceof IOutputLayer),
        "the graph's output must be an output layer, got %s",
        output);
    return output;
  }

  @Override
  List<String> inputNames() {
    return graph.getConfiguration().getNetworkInputs();
  }

  /** Sets the graph's inputs, which some vertices read. */
  @Override
  Runnable begin(INDArray[] features) {
    INDArray[] before = graph.getInputs();
    graph.setInputs(features);
    return () -> {
      graph.setInputs(before);
      clear();
    };
  }

  @Override
  public void clear() {
    graph.clearLayersStates();
  }
}
