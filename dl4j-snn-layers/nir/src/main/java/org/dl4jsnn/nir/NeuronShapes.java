package org.dl4jsnn.nir;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.dl4jsnn.internal.Require;

/** The parameters of neurons: names in files, shapes and domains. */
final class NeuronShapes {

  /**
   * A parameter.
   *
   * @param name its name in files
   * @param tensor its values
   */
  record Parameter(String name, NirTensor tensor) {}

  private NeuronShapes() {}

  /** All parameters of a node. */
  static List<Parameter> parameters(NirNeurons node) {
    if (node instanceof NirNeurons.IF n) {
      return List.of(of("r", n.r()), of("v_threshold", n.threshold()), of("v_reset", n.reset()));
    }
    if (node instanceof NirNeurons.LIF n) {
      return List.of(
          of("tau", n.tau()),
          of("r", n.r()),
          of("v_leak", n.leak()),
          of("v_threshold", n.threshold()),
          of("v_reset", n.reset()));
    }
    if (node instanceof NirNeurons.CubaLIF n) {
      return List.of(
          of("tau_syn", n.tauSynapse()),
          of("tau_mem", n.tauMembrane()),
          of("r", n.r()),
          of("v_leak", n.leak()),
          of("v_threshold", n.threshold()),
          of("v_reset", n.reset()),
          of("w_in", n.inputWeight()));
    }
    if (node instanceof NirNeurons.LI n) {
      return List.of(of("tau", n.tau()), of("r", n.r()), of("v_leak", n.leak()));
    }
    if (node instanceof NirNeurons.CubaLI n) {
      return List.of(
          of("tau_syn", n.tauSynapse()),
          of("tau_mem", n.tauMembrane()),
          of("r", n.r()),
          of("v_leak", n.leak()),
          of("w_in", n.inputWeight()));
    }
    if (node instanceof NirNeurons.I n) {
      return List.of(of("r", n.r()));
    }
    return List.of(of("threshold", ((NirNeurons.Threshold) node).threshold()));
  }

  /** A node from the name of its kind and its parameters. */
  static NirNeurons of(String type, Map<String, NirTensor> parameters) {
    Function<String, NirTensor> get =
        name -> Require.given("parameter " + name + " of " + type, parameters.get(name));
    return switch (type) {
      case "IF" ->
          new NirNeurons.IF(get.apply("r"), get.apply("v_threshold"), get.apply("v_reset"));
      case "LIF" ->
          new NirNeurons.LIF(
              get.apply("tau"),
              get.apply("r"),
              get.apply("v_leak"),
              get.apply("v_threshold"),
              get.apply("v_reset"));
      case "CubaLIF" ->
          new NirNeurons.CubaLIF(
              get.apply("tau_syn"),
              get.apply("tau_mem"),
              get.apply("r"),
              get.apply("v_leak"),
              get.apply("v_threshold"),
              get.apply("v_reset"),
              get.apply("w_in"));
      case "I" -> new NirNeurons.I(get.apply("r"));
      case "LI" -> new NirNeurons.LI(get.apply("tau"), get.apply("r"), get.apply("v_leak"));
      case "CubaLI" ->
          new NirNeurons.CubaLI(
              get.apply("tau_syn"),
              get.apply("tau_mem"),
              get.apply("r"),
              get.apply("v_leak"),
              get.apply("w_in"));
      case "Threshold" -> new NirNeurons.Threshold(get.apply("threshold"));
      default ->
          throw new IllegalArgumentException(
              "type must be IF, LIF, CubaLIF, I, LI, CubaLI or Threshold, got " + type);
    };
  }

  private static Parameter of(String name, NirTensor tensor) {
    return new Parameter(name, tensor);
  }

  /** Refuses differing shapes, non-finite numbers and constants that are not positive. */
  static void require(String name, NirNeurons node) {
    int[] shape = node.shape();
    for (Parameter parameter : parameters(node)) {
      if (!Arrays.equals(parameter.tensor().shape(), shape)) {
        throw new NirRefusedException(
            name,
            node,
            parameter.name()
                + " must have the shape of the layer, "
                + Arrays.toString(shape)
                + ", got "
                + Arrays.toString(parameter.tensor().shape()));
      }
      boolean positive =
          parameter.name().startsWith("tau") || parameter.name().endsWith("threshold");
      for (double value : parameter.tensor().doubles()) {
        if (!Double.isFinite(value) || positive && !((float) value > 0)) {
          throw new NirRefusedException(
              name,
              node,
              parameter.name()
                  + (positive ? " must be positive and finite" : " must be finite")
                  + ", got "
                  + value);
        }
      }
    }
  }
}
