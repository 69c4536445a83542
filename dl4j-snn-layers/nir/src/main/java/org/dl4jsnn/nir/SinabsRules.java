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
 * sinabs 3.1: exact decay, unscaled input, several spikes per step, reset by subtraction; IF stays
 * at −θ or above. Ignores r and v_reset of neurons and reads τ as a number of time steps, so a time
 * step of 1 s reproduces it.
 */
final class SinabsRules implements DialectRules {

  @Override
  public LinearNeuron neuron(NirNeurons.IF node, DialectSettings settings) {
    settings.ignores("r", node.r(), 1);
    LinearStep sum = DialectRules.sum(NirTensor.full(new int[] {1}, 1));
    return firing(Charging.of(sum), node.threshold(), true, settings);
  }

  @Override
  public LinearNeuron neuron(NirNeurons.LIF node, DialectSettings settings) {
    requireNoLeakPotential(node.leak());
    settings.ignores("r", node.r(), 1);
    LinearStep membrane = step(Integration.DECAY, same(1), node.tau(), settings);
    return firing(Charging.of(membrane), node.threshold(), false, settings);
  }

  /** sinabs reads no such node; runs as sinabs neurons with a synaptic current. */
  @Override
  public LinearNeuron neuron(NirNeurons.CubaLIF node, DialectSettings settings) {
    requireNoLeakPotential(node.leak());
    settings.ignores("r", node.r(), 1);
    return firing(synaptic(node, settings), node.threshold(), false, settings);
  }

  @Override
  public LinearNeuron neuron(NirNeurons.LI node, DialectSettings settings) {
    requireNoLeakPotential(node.leak());
    NodeNumbers.require("r", node.r(), r -> r == 1, "1 in the dialect of sinabs");
    return LinearNeuron.integrator(
        Charging.of(step(Integration.DECAY, same(1), node.tau(), settings)));
  }

  /** sinabs reads no such node; runs as a CubaLIF that never fires. */
  @Override
  public LinearNeuron neuron(NirNeurons.CubaLI node, DialectSettings settings) {
    requireNoLeakPotential(node.leak());
    NodeNumbers.require("r", node.r(), r -> r == 1, "1 in the dialect of sinabs");
    return LinearNeuron.integrator(synaptic(node, settings));
  }

  private static Charging synaptic(Synaptic node, DialectSettings settings) {
    return Charging.through(
        step(Integration.DECAY_OF_ALL, single(node.inputWeight()), node.tauSynapse(), settings),
        step(Integration.DECAY, same(1), node.tauMembrane(), settings));
  }

  private static void requireNoLeakPotential(NirTensor leak) {
    NodeNumbers.require("v_leak", leak, v -> v == 0, "0 in the dialect of sinabs");
  }

  private static LinearNeuron firing(
      Charging charging, NirTensor threshold, boolean floored, DialectSettings settings) {
    MembraneReset bySubtraction =
        floored ? MembraneReset.BY_SUBTRACTION_WITH_FLOOR : MembraneReset.BY_SUBTRACTION;
    MembraneReset toZero = floored ? MembraneReset.TO_VALUE_WITH_FLOOR : MembraneReset.TO_VALUE;
    return new LinearNeuron(
        charging,
        Firing.SEVERAL,
        single(threshold),
        settings.subtracts(true) ? bySubtraction : toZero,
        same(0));
  }

  private static LinearStep step(
      Integration integration, List<Double> gain, NirTensor tau, DialectSettings settings) {
    double dt = NodeNumbers.beside(tau, settings.timeStep());
    NirTensor steps = NodeNumbers.map(tau, t -> t / dt);
    NirTensor kept =
        NodeNumbers.map(NodeNumbers.rounded(steps), t -> (float) Math.exp(-1 / (float) t));
    return new LinearStep(integration, gain, single(kept), same(0), same(0));
  }
}
