package org.dl4jsnn.nir;

import java.util.function.Consumer;
import org.dl4jsnn.neuron.linear.Charging;
import org.dl4jsnn.neuron.linear.Firing;
import org.dl4jsnn.neuron.linear.Integration;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.neuron.linear.LinearStep;
import org.dl4jsnn.neuron.linear.MembraneReset;

/**
 * How a program runs each kind of neuron. Parameters that the program ignores are reported to
 * {@link DialectSettings#ignored}; a parameter that it refuses throws an IllegalArgumentException
 * with its name.
 */
interface DialectRules {

  LinearNeuron neuron(NirNeurons.IF node, DialectSettings settings);

  LinearNeuron neuron(NirNeurons.LIF node, DialectSettings settings);

  LinearNeuron neuron(NirNeurons.CubaLIF node, DialectSettings settings);

  LinearNeuron neuron(NirNeurons.LI node, DialectSettings settings);

  LinearNeuron neuron(NirNeurons.CubaLI node, DialectSettings settings);

  /** A neuron of any kind. */
  default LinearNeuron neuron(NirNeurons node, DialectSettings settings) {
    if (node instanceof NirNeurons.IF neurons) {
      return neuron(neurons, settings);
    }
    if (node instanceof NirNeurons.LIF neurons) {
      return neuron(neurons, settings);
    }
    if (node instanceof NirNeurons.CubaLIF neurons) {
      return neuron(neurons, settings);
    }
    if (node instanceof NirNeurons.LI neurons) {
      return neuron(neurons, settings);
    }
    if (node instanceof NirNeurons.CubaLI neurons) {
      return neuron(neurons, settings);
    }
    if (node instanceof NirNeurons.I neurons) {
      return integrator(neurons, settings);
    }
    return threshold((NirNeurons.Threshold) node);
  }

  /** v ← v + r · dt · i, which no program implements. */
  private static LinearNeuron integrator(NirNeurons.I node, DialectSettings settings) {
    NirTensor gain = NodeNumbers.map(node.r(), r -> r * settings.timeStep());
    return LinearNeuron.integrator(Charging.of(sum(gain)));
  }

  /** A neuron without state. */
  private static LinearNeuron threshold(NirNeurons.Threshold node) {
    var zero = NodeNumbers.same(0);
    LinearStep nothingKept =
        new LinearStep(Integration.DECAY, NodeNumbers.same(1), zero, zero, zero);
    return new LinearNeuron(
        Charging.of(nothingKept),
        Firing.ABOVE,
        NodeNumbers.single(node.threshold()),
        MembraneReset.TO_VALUE,
        zero);
  }

  /** y ← y + g · x. */
  static LinearStep sum(NirTensor gain) {
    return new LinearStep(
        Integration.SUM,
        NodeNumbers.single(gain),
        NodeNumbers.same(1),
        NodeNumbers.same(0),
        NodeNumbers.same(0));
  }

  /** Neurons or integrators that are charged through a synaptic current. */
  interface Synaptic {

    /** {@return w_in, which multiplies the input} */
    NirTensor inputWeight();

    /** {@return tau_syn, the time constant of the synaptic current in seconds} */
    NirTensor tauSynapse();

    /** {@return r, which multiplies the synaptic current} */
    NirTensor r();

    /** {@return tau_mem, the time constant of the membrane in seconds} */
    NirTensor tauMembrane();

    /** {@return v_leak, the membrane at rest} */
    NirTensor leak();
  }

  /**
   * The settings of a dialect.
   *
   * @param reset the reset; null for the program's
   * @param ignored receives the names of parameters that the program ignores, such as "r"
   */
  record DialectSettings(
      double timeStep, NirReset reset, boolean lateReset, Consumer<String> ignored) {

    /** Whether a spike subtracts the threshold, given the program's default. */
    boolean subtracts(boolean byProgram) {
      return reset == null ? byProgram : reset == NirReset.BY_SUBTRACTION;
    }

    /** Notes an ignored parameter if it differs from the value that the program assumes. */
    void ignores(String name, NirTensor tensor, double takenFor) {
      if (!NodeNumbers.isClose(tensor, takenFor)) {
        ignored.accept(name);
      }
    }
  }

  /** The reset of the membrane potential by a spike. Files do not specify it. */
  enum NirReset {

    /** Sets it to the program's value: zero or v_reset. */
    TO_VALUE,

    /** Subtracts the threshold. */
    BY_SUBTRACTION
  }
}
