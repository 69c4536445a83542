package org.dl4jsnn.nir;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The parameters of neurons: names in files, shapes and domains. */
final class NeuronShapes {

  /** The kinds of neurons by their names in files. */
  static final Set<String> TYPES = Set.of("IF", "LIF", "CubaLIF", "I", "LI", "CubaLI", "Threshold");

  private NeuronShapes() {}

  /** All parameters of a node by their names in files, in the order of the record. */
  static Map<String, NirTensor> parameters(NirNeurons node) {
    Map<String, NirTensor> parameters = new LinkedHashMap<>();
    entries(node).forEach(each -> parameters.put(each.getKey(), each.getValue()));
    return parameters;
  }

  private static List<Map.Entry<String, NirTensor>> entries(NirNeurons node) {
    if (node instanceof NirNeurons.IF n) {
      return List.of(
          entry("r", n.r()), entry("v_threshold", n.threshold()), entry("v_reset", n.reset()));
    }
    if (node instanceof NirNeurons.LIF n) {
      return List.of(
          entry("tau", n.tau()),
          entry("r", n.r()),
          entry("v_leak", n.leak()),
          entry("v_threshold", n.threshold()),
          entry("v_reset", n.reset()));
    }
    if (node instanceof NirNeurons.CubaLIF n) {
      return List.of(
          entry("tau_syn", n.tauSynapse()),
          entry("tau_mem", n.tauMembrane()),
          entry("r", n.r()),
          entry("v_leak", n.leak()),
          entry("v_threshold", n.threshold()),
          entry("v_reset", n.reset()),
          entry("w_in", n.inputWeight()));
    }
    if (node instanceof NirNeurons.LI n) {
      return List.of(entry("tau", n.tau()), entry("r", n.r()), entry("v_leak", n.leak()));
    }
    if (node instanceof NirNeurons.CubaLI n) {
      return List.of(
          entry("tau_syn", n.tauSynapse()),
          entry("tau_mem", n.tauMembrane()),
          entry("r", n.r()),
          entry("v_leak", n.leak()),
          entry("w_in", n.inputWeight()));
    }
    if (node instanceof NirNeurons.I n) {
      return List.of(entry("r", n.r()));
    }
    return List.of(entry("threshold", ((NirNeurons.Threshold) node).threshold()));
  }

  /** Gives a parameter by its name in files. */
  interface Source<E extends Exception> {
    NirTensor get(String name) throws E;
  }

  /** A node from the name of its kind and its parameters. */
  static <E extends Exception> NirNeurons of(String type, Source<E> source) throws E {
    return switch (type) {
      case "IF" ->
          new NirNeurons.IF(source.get("r"), source.get("v_threshold"), source.get("v_reset"));
      case "LIF" ->
          new NirNeurons.LIF(
              source.get("tau"),
              source.get("r"),
              source.get("v_leak"),
              source.get("v_threshold"),
              source.get("v_reset"));
      case "CubaLIF" ->
          new NirNeurons.CubaLIF(
              source.get("tau_syn"),
              source.get("tau_mem"),
              source.get("r"),
              source.get("v_leak"),
              source.get("v_threshold"),
              source.get("v_reset"),
              source.get("w_in"));
      case "I" -> new NirNeurons.I(source.get("r"));
      case "LI" -> new NirNeurons.LI(source.get("tau"), source.get("r"), source.get("v_leak"));
      case "CubaLI" ->
          new NirNeurons.CubaLI(
              source.get("tau_syn"),
              source.get("tau_mem"),
              source.get("r"),
              source.get("v_leak"),
              source.get("w_in"));
      case "Threshold" -> new NirNeurons.Threshold(source.get("threshold"));
      default ->
          throw new IllegalArgumentException(
              "type must be IF, LIF, CubaLIF, I, LI, CubaLI or Threshold, got " + type);
    };
  }

  /** Refuses differing shapes, non-finite numbers and constants that are not positive. */
  static void require(String name, NirNeurons node) {
    int[] shape = node.shape();
    parameters(node).forEach((parameter, tensor) -> require(name, node, parameter, tensor, shape));
  }

  private static void require(
      String name, NirNeurons node, String parameter, NirTensor tensor, int[] shape) {
    if (!Arrays.equals(tensor.shape(), shape)) {
      throw new NirRefusedException(
          name,
          node,
          parameter
              + " must have the shape of the layer, "
              + Arrays.toString(shape)
              + ", got "
              + Arrays.toString(tensor.shape()));
    }
    boolean positive = parameter.startsWith("tau") || parameter.endsWith("threshold");
    for (double value : tensor.doubles()) {
      if (!Double.isFinite(value) || positive && !((float) value > 0)) {
        throw new NirRefusedException(
            name,
            node,
            parameter
                + (positive ? " must be positive and finite" : " must be finite")
                + ", got "
                + value);
      }
    }
  }
}
