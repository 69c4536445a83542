package org.dl4jsnn.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The layers and vertices of a spiking network, collected in execution order. */
final class SpikingParts {

  /**
   * A layer or a vertex, whose configuration is the one that is not null, with its weights and
   * bias.
   */
  record Part(
      String name,
      Layer layer,
      GraphVertex vertex,
      List<String> inputs,
      Map<String, INDArray> parameters) {}

  private final List<Part> parts = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<List<String>, String> concatenations = new HashMap<>();

  List<Part> parts() {
    return List.copyOf(parts);
  }

  /** A unique name. */
  String unused(String name) {
    String free = name;
    for (int i = 2; !names.add(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }

  void add(String name, Layer layer, List<String> inputs, Map<String, INDArray> parameters) {
    parts.add(new Part(name, layer, null, inputs, parameters));
  }

  /** Concatenates trains, once for all readers. */
  String concatenated(String name, List<String> inputs) {
    return concatenations.computeIfAbsent(
        inputs,
        trains -> {
          String vertex = unused(name);
          parts.add(new Part(vertex, null, new SpikingConcatenate(), trains, Map.of()));
          return vertex;
        });
  }

  String added(String name, List<String> inputs) {
    String vertex = unused(name);
    parts.add(new Part(vertex, null, new SpikingAdd(), inputs, Map.of()));
    return vertex;
  }

  /**
   * Pools without neurons: averages as sums, whose factor the train's reader knows, and maxima of
   * rates.
   */
  String pooled(String name, String input, PoolingType type, Axis rows, Axis columns) {
    String layer = unused(name);
    add(
        layer,
        new SpikingPooling2D.Builder(
                type == PoolingType.MAX ? type : PoolingType.SUM, rows.kernel(), columns.kernel())
            .stride(rows.stride(), columns.stride())
            .gated(type == PoolingType.MAX)
            .build(),
        List.of(input),
        Map.of());
    return layer;
  }

  String pooledGlobally(String name, String input, PoolingType type) {
    String layer = unused(name);
    SpikingGlobalPooling.Builder pooling =
        new SpikingGlobalPooling.Builder(type).gated(type == PoolingType.MAX);
    add(layer, pooling.build(), List.of(input), Map.of());
    return layer;
  }

  /** The shape of concatenated trains. */
  static FeatureShape concatenated(List<Signal> signals) {
    FeatureShape first = signals.get(0).train();
    int channels = signals.stream().mapToInt(signal -> signal.train().channels()).sum();
    return first.spatial()
        ? FeatureShape.image(channels, first.height(), first.width())
        : FeatureShape.vector(channels);
  }
}
