package org.dl4jsnn.nir;

import java.util.Map;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.linear.LinearNeuron;

/**
 * Nodes with state. Every parameter is a tensor with the shape of the layer, [n] or [channels,
 * height, width]. Times are in seconds.
 */
public sealed interface NirNeurons extends NirNode {

  /** {@return the sizes of the layer's axes} */
  default int[] shape() {
    // Neurons have the shape of their threshold, integrators that of r.
    Map<String, NirTensor> all = parameters();
    return all.getOrDefault("v_threshold", all.getOrDefault("threshold", all.get("r"))).shape();
  }

  /**
   * {@return all parameters by their names in files, such as {@code v_threshold}, in the order of
   * the record}
   */
  default Map<String, NirTensor> parameters() {
    return NeuronShapes.parameters(this);
  }

  /**
   * {@return neurons from their names in files}
   *
   * @param type the kind of node, such as "LIF"
   * @param parameters all parameters by their names, such as {@code v_threshold}
   * @throws IllegalArgumentException if no such kind exists or a parameter is missing
   */
  static NirNeurons of(String type, Map<String, NirTensor> parameters) {
    return NeuronShapes.of(
        type, name -> Require.given("parameter " + name + " of " + type, parameters.get(name)));
  }

  /**
   * {@return the node from which a dialect made neurons, with the numbers of its file}
   *
   * @param neurons neurons of an imported layer
   * @param shape sizes of the axes, channels first
   * @throws IllegalArgumentException if the neurons have been changed since, or are of another
   *     number of channels
   */
  static NirNeurons of(LinearNeuron neurons, int... shape) {
    return DialectNode.of(neurons, shape);
  }

  /**
   * {@return the node from which a dialect made integrators, with the numbers of its file}
   *
   * @param origin the text that an imported layer keeps of it
   * @param shape sizes of the axes, channels first
   * @throws IllegalArgumentException if the text is of no node, or of another number of channels
   */
  static NirNeurons ofOrigin(String origin, int... shape) {
    return DialectNode.read(origin).neurons(shape);
  }

  /**
   * Integrate-and-fire: dv/dt = r i; a spike if v &gt; θ, which sets v to v_reset.
   *
   * @param r resistance
   * @param threshold θ
   * @param reset v_reset; zero in files without it
   */
  record IF(NirTensor r, NirTensor threshold, NirTensor reset) implements NirNeurons {}

  /**
   * Leaky integrate-and-fire: τ dv/dt = (v_leak − v) + r i; a spike if v &gt; θ, which sets v to
   * v_reset.
   *
   * @param tau τ, s
   * @param r resistance
   * @param leak v_leak
   * @param threshold θ
   * @param reset v_reset; zero in files without it
   */
  record LIF(NirTensor tau, NirTensor r, NirTensor leak, NirTensor threshold, NirTensor reset)
      implements NirNeurons {}

  /**
   * Leaky integrate-and-fire with a synaptic current: τ_syn di/dt = −i + w_in s; τ_mem dv/dt =
   * (v_leak − v) + r i; a spike if v &gt; θ, which sets v to v_reset.
   *
   * @param tauSynapse τ_syn, s
   * @param tauMembrane τ_mem, s
   * @param r resistance
   * @param leak v_leak
   * @param threshold θ
   * @param reset v_reset; zero in files without it
   * @param inputWeight w_in; one in files without it
   */
  record CubaLIF(
      NirTensor tauSynapse,
      NirTensor tauMembrane,
      NirTensor r,
      NirTensor leak,
      NirTensor threshold,
      NirTensor reset,
      NirTensor inputWeight)
      implements NirNeurons, DialectRules.Synaptic {}

  /**
   * An integrator: dv/dt = r i; its output is v.
   *
   * @param r resistance
   */
  record I(NirTensor r) implements NirNeurons {}

  /**
   * A leaky integrator: τ dv/dt = (v_leak − v) + r i; its output is v.
   *
   * @param tau τ, s
   * @param r resistance
   * @param leak v_leak
   */
  record LI(NirTensor tau, NirTensor r, NirTensor leak) implements NirNeurons {}

  /**
   * A leaky integrator with a synaptic current: τ_syn di/dt = −i + w_in s; τ_mem dv/dt = (v_leak −
   * v) + r i; its output is v.
   *
   * @param tauSynapse τ_syn, s
   * @param tauMembrane τ_mem, s
   * @param r resistance
   * @param leak v_leak
   * @param inputWeight w_in; one in files without it
   */
  record CubaLI(
      NirTensor tauSynapse,
      NirTensor tauMembrane,
      NirTensor r,
      NirTensor leak,
      NirTensor inputWeight)
      implements NirNeurons, DialectRules.Synaptic {}

  /**
   * A spike if the input is above θ; no state.
   *
   * @param threshold θ
   */
  record Threshold(NirTensor threshold) implements NirNeurons {}
}
