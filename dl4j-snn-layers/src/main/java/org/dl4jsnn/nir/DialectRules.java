package org.dl4jsnn.nir;

import org.dl4jsnn.nir.dialect.Charging;
import org.dl4jsnn.nir.dialect.DialectNeuron;
import org.dl4jsnn.nir.dialect.DialectReset;
import org.dl4jsnn.nir.dialect.Firing;
import org.dl4jsnn.nir.dialect.Integration;
import org.dl4jsnn.nir.dialect.LinearStep;

/**
 * How a program runs each kind of neuron. Parameters that the program ignores are reported to
 * {@link DialectSettings#ignored}; a parameter that it refuses throws an IllegalArgumentException
 * with its name.
 */
interface DialectRules {

  DialectNeuron neuron(NirNeurons.IF node, DialectSettings settings);

  DialectNeuron neuron(NirNeurons.LIF node, DialectSettings settings);

  DialectNeuron neuron(NirNeurons.CubaLIF node, DialectSettings settings);

  DialectNeuron neuron(NirNeurons.LI node, DialectSettings settings);

  DialectNeuron neuron(NirNeurons.CubaLI node, DialectSettings settings);

  /** A neuron of any kind. */
  default DialectNeuron neuron(NirNeurons node, DialectSettings settings) {
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
  private static DialectNeuron integrator(NirNeurons.I node, DialectSettings settings) {
    NirTensor gain = NodeNumbers.map(node.r(), r -> r * settings.timeStep());
    return DialectNeuron.integrator(Charging.of(sum(gain, 0)));
  }

  /** A neuron without state. */
  private static DialectNeuron threshold(NirNeurons.Threshold node) {
    var zero = NodeNumbers.same(0);
    LinearStep nothingKept =
        new LinearStep(Integration.DECAY, NodeNumbers.same(1), zero, zero, zero);
    return new DialectNeuron(
        Charging.of(nothingKept),
        Firing.ABOVE,
        NodeNumbers.single(node.threshold()),
        DialectReset.TO_VALUE,
        zero);
  }

  /** y ← y + g · x. */
  static LinearStep sum(NirTensor gain, double initial) {
    return new LinearStep(
        Integration.SUM,
        NodeNumbers.single(gain),
        NodeNumbers.same(1),
        NodeNumbers.same(0),
        NodeNumbers.same(initial));
  }
}
