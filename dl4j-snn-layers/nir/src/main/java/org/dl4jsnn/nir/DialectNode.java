package org.dl4jsnn.nir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.nd4j.shade.jackson.annotation.JsonProperty;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * The graph node from which a dialect made neurons or integrators. A layer keeps it as a text, so
 * that a network trained further here returns to its program with the node's own numbers.
 * Immutable.
 *
 * @param reset the reset; null for the program's
 * @param parameters the numbers by their names in files, such as "v_threshold": one for all
 *     neurons, or one per channel
 * @param doubles names of those in double precision
 */
record DialectNode(
    @JsonProperty("dialect") String dialect,
    @JsonProperty("timeStep") double timeStep,
    @JsonProperty("reset") DialectRules.NirReset reset,
    @JsonProperty("lateReset") boolean lateReset,
    @JsonProperty("type") String type,
    @JsonProperty("parameters") Map<String, List<Double>> parameters,
    @JsonProperty("doubles") List<String> doubles) {

  /** One for all nodes, since it finds out once how they are written. */
  private static final ObjectMapper MAPPER = new ObjectMapper();

  DialectNode {
    Require.given("dialect", dialect);
    Require.positiveFinite("time step", timeStep);
    Require.given("type of node", type);
    Map<String, List<Double>> copies = new LinkedHashMap<>();
    Require.given("parameters", parameters)
        .forEach((name, values) -> copies.put(name, List.copyOf(Require.given(name, values))));
    parameters = Collections.unmodifiableMap(copies);
    doubles = List.copyOf(Require.given("names of numbers in double precision", doubles));
  }

  /** The node that a dialect reads. */
  static DialectNode of(NirDialect dialect, NirNeurons node) {
    Map<String, List<Double>> parameters = new LinkedHashMap<>();
    List<String> doubles = new ArrayList<>();
    node.parameters()
        .forEach(
            (name, tensor) -> {
              parameters.put(name, NodeNumbers.list(tensor.doubles()));
              if (!tensor.isSingle()) {
                doubles.add(name);
              }
            });
    return new DialectNode(
        dialect.name(),
        dialect.timeStep(),
        dialect.reset().orElse(null),
        dialect.isLateReset(),
        node.type(),
        parameters,
        doubles);
  }

  /** Reads the text that a layer keeps. */
  static DialectNode read(String text) {
    try {
      return Require.given(
          "origin", MAPPER.readValue(Require.given("origin", text), DialectNode.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "origin of neurons must be a graph's node as NirImport writes it, got " + text, e);
    }
  }

  /** The node as a layer keeps it, in JSON. */
  String text() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a node must become JSON, got " + this, e);
    }
  }

  /** The node from which neurons were made, which must not have been changed since. */
  static NirNeurons of(LinearNeuron neuron, int... shape) {
    DialectNode origin = read(neuron.origin());
    int channels = origin.parameters.values().stream().mapToInt(List::size).max().orElse(1);
    NeuronDynamics made =
        NirDialect.of(origin).neuron("neurons", origin.neurons(channels), (name, parameter) -> {});
    Require.not(
        !neuron.equals(made),
        "neurons of a dialect must match their node, got others than %s make in the dialect %s",
        origin.parameters,
        origin.dialect);
    return origin.neurons(shape);
  }

  /** The node in a layer's shape, channels first. */
  NirNeurons neurons(int... shape) {
    Map<String, NirTensor> tensors = new LinkedHashMap<>();
    parameters.forEach(
        (name, values) -> tensors.put(name, full(values, doubles.contains(name), shape)));
    return NirNeurons.of(type, tensors);
  }

  private static NirTensor full(List<Double> values, boolean isDouble, int[] shape) {
    Require.not(
        values.size() != 1 && values.size() != shape[0],
        "numbers of a node must be one for all neurons or one for each of %s channels, got %s",
        shape[0],
        values.size());
    double[] all = new double[Math.toIntExact(Require.product(shape))];
    for (int i = 0; i < all.length; i++) {
      all[i] = values.get(values.size() == 1 ? 0 : i / (all.length / shape[0]));
    }
    NirTensor tensor = NirTensor.ofDoubles(shape, all);
    return isDouble ? tensor : NodeNumbers.rounded(tensor);
  }
}
