package org.dl4jsnn.nir;

import static org.dl4jsnn.nir.NodeNumbers.same;
import static org.dl4jsnn.nir.NodeNumbers.single;

import java.util.List;
import org.dl4jsnn.neuron.linear.Charging;
import org.dl4jsnn.neuron.linear.Firing;
import org.dl4jsnn.neuron.linear.Integration;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.neuron.linear.LinearStep;
import org.dl4jsnn.neuron.linear.MembraneReset;

/**
 * SpikingJelly 2.0.0.dev1: Euler's step by division; reaching the threshold is a spike; reset to
 * v_reset, where membranes also start and to which they leak. r of IF must be 1/dt; in LIF, r = 1
 * means decaying input, any other r non-decaying input.
 */
final class SpikingJellyRules implements DialectRules {

  private static final String DIALECT = " in the dialect of SpikingJelly";

  @Override
  public LinearNeuron neuron(NirNeurons.IF node, DialectSettings settings) {
    double perStep = 1 / settings.timeStep();
    NodeNumbers.require(
        "r", node.r(), r -> NodeNumbers.isClose(r, perStep), "1/dt = " + perStep + DIALECT);
    LinearStep sum =
        new LinearStep(
            Integration.SUM, same(1), same(1), same(0), resetValue(node.reset(), settings));
    return firing(Charging.of(sum), node.threshold(), node.reset(), settings);
  }

  @Override
  public LinearNeuron neuron(NirNeurons.LIF node, DialectSettings settings) {
    requireLeakToReset(node.leak(), node.reset());
    NirTensor steps = steps(node.tau(), settings);
    LinearStep membrane =
        step(integration(node.r(), steps, settings), same(1), steps, node.reset(), settings);
    return firing(Charging.of(membrane), node.threshold(), node.reset(), settings);
  }

  private static Integration integration(NirTensor r, NirTensor steps, DialectSettings settings) {
    double first = r.getDouble(0);
    NodeNumbers.require("r", r, value -> value == first, "the same for all neurons" + DIALECT);
    boolean decays = first == 1 && steps.getDouble(0) != 1;
    if (!decays && first != steps.getDouble(0)) {
      settings.ignored().accept("r");
    }
    return decays ? Integration.DIVISION : Integration.DIVISION_OF_LEAK;
  }

  /** SpikingJelly reads no such node; runs as its LIF with decaying input after Euler's step. */
  @Override
  public LinearNeuron neuron(NirNeurons.CubaLIF node, DialectSettings settings) {
    requireLeakToReset(node.leak(), node.reset());
    return firing(synaptic(node, node.reset(), settings), node.threshold(), node.reset(), settings);
  }

  /** SpikingJelly reads no such node; runs as its LIF with decaying input. */
  @Override
  public LinearNeuron neuron(NirNeurons.LI node, DialectSettings settings) {
    NirTensor steps = steps(node.tau(), settings);
    return LinearNeuron.integrator(
        Charging.of(
            new LinearStep(
                Integration.DIVISION,
                single(node.r()),
                single(steps),
                single(node.leak()),
                single(node.leak()))));
  }

  @Override
  public LinearNeuron neuron(NirNeurons.CubaLI node, DialectSettings settings) {
    return LinearNeuron.integrator(synaptic(node, node.leak(), settings));
  }

  private static Charging synaptic(Synaptic node, NirTensor rest, DialectSettings settings) {
    LinearStep synapse =
        new LinearStep(
            Integration.DIVISION,
            single(node.inputWeight()),
            single(steps(node.tauSynapse(), settings)),
            same(0),
            same(0));
    NirTensor steps = steps(node.tauMembrane(), settings);
    return Charging.through(
        synapse, step(Integration.DIVISION, single(node.r()), steps, rest, settings));
  }

  private static NirTensor steps(NirTensor tau, DialectSettings settings) {
    double dt = NodeNumbers.beside(tau, settings.timeStep());
    return NodeNumbers.map(tau, t -> t / dt);
  }

  private static void requireLeakToReset(NirTensor leak, NirTensor reset) {
    double[] values = reset.doubles();
    for (int i = 0; i < values.length; i++) {
      if (leak.getDouble(i) != values[i]) {
        throw new IllegalArgumentException(
            "v_leak must be v_reset, " + values[i] + "," + DIALECT + ", got " + leak.getDouble(i));
      }
    }
  }

  private static LinearStep step(
      Integration integration,
      List<Double> gain,
      NirTensor steps,
      NirTensor rest,
      DialectSettings settings) {
    List<Double> value = resetValue(rest, settings);
    return new LinearStep(integration, gain, single(steps), value, value);
  }

  /** Zero for a reset by subtraction, which has no reset value. */
  private static List<Double> resetValue(NirTensor reset, DialectSettings settings) {
    return settings.subtracts(false) ? same(0) : single(reset);
  }

  private static LinearNeuron firing(
      Charging charging, NirTensor threshold, NirTensor reset, DialectSettings settings) {
    return new LinearNeuron(
        charging,
        Firing.REACHED,
        single(threshold),
        settings.subtracts(false) ? MembraneReset.BY_SUBTRACTION : MembraneReset.TO_VALUE,
        resetValue(reset, settings));
  }
}
