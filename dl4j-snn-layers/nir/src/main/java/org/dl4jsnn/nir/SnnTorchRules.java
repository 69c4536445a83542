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
 * snnTorch 0.9.4: v ← (1 − dt/τ) · v + input, with the scale of the input moved into the threshold.
 * IF becomes its Leaky with β = 0.9. v_leak must be 0, r of IF 1 and of CubaLIF τ_mem/dt; v_reset
 * is ignored.
 */
final class SnnTorchRules implements DialectRules {

  /** The β of IF. */
  private static final double LEAK_OF_IF = 0.9f;

  private static final String DIALECT = " in the dialect of snnTorch";

  @Override
  public LinearNeuron neuron(NirNeurons.IF node, DialectSettings settings) {
    NodeNumbers.require("r", node.r(), r -> r == 1, "1" + DIALECT);
    LinearStep membrane = step(same(1), same(LEAK_OF_IF));
    return firing(Charging.of(membrane), node.threshold(), node.reset(), true, settings);
  }

  @Override
  public LinearNeuron neuron(NirNeurons.LIF node, DialectSettings settings) {
    requireNoLeakPotential(node.leak());
    double dt = settings.timeStep();
    double step = NodeNumbers.beside(node.r(), dt);
    NirTensor scale =
        NodeNumbers.map(NodeNumbers.map(node.r(), r -> r * step), node.tau(), (x, tau) -> x / tau);
    LinearStep membrane = step(same(1), kept(node.tau(), dt));
    return firing(
        Charging.of(membrane), scaled(node.threshold(), scale), node.reset(), false, settings);
  }

  @Override
  public LinearNeuron neuron(NirNeurons.CubaLIF node, DialectSettings settings) {
    requireNoLeakPotential(node.leak());
    double dt = settings.timeStep();
    for (int i = 0; i < node.r().length(); i++) {
      double steps = node.tauMembrane().getDouble(i) / dt;
      if (!NodeNumbers.isClose(node.r().getDouble(i), steps)) {
        throw new IllegalArgumentException(
            "r must be tau_mem/dt = " + steps + DIALECT + ", got " + node.r().getDouble(i));
      }
    }
    NirTensor scale =
        NodeNumbers.map(
            node.inputWeight(), steps(node.tauSynapse(), dt), (weight, share) -> weight * share);
    LinearStep synapse = step(same(1), kept(node.tauSynapse(), dt));
    LinearStep membrane = step(same(1), kept(node.tauMembrane(), dt));
    return firing(
        Charging.through(synapse, membrane),
        scaled(node.threshold(), scale),
        node.reset(),
        false,
        settings);
  }

  /** snnTorch has no such node; runs as its LIF with scaled input that never fires. */
  @Override
  public LinearNeuron neuron(NirNeurons.LI node, DialectSettings settings) {
    requireNoLeakPotential(node.leak());
    double dt = settings.timeStep();
    return LinearNeuron.integrator(
        Charging.of(step(share(node.r(), node.tau(), dt), kept(node.tau(), dt))));
  }

  @Override
  public LinearNeuron neuron(NirNeurons.CubaLI node, DialectSettings settings) {
    requireNoLeakPotential(node.leak());
    double dt = settings.timeStep();
    LinearStep synapse =
        step(share(node.inputWeight(), node.tauSynapse(), dt), kept(node.tauSynapse(), dt));
    LinearStep membrane =
        step(share(node.r(), node.tauMembrane(), dt), kept(node.tauMembrane(), dt));
    return LinearNeuron.integrator(Charging.through(synapse, membrane));
  }

  private static void requireNoLeakPotential(NirTensor leak) {
    NodeNumbers.require("v_leak", leak, v -> NodeNumbers.isClose(v, 0), "0" + DIALECT);
  }

  private static List<Double> share(NirTensor gain, NirTensor tau, double dt) {
    return single(NodeNumbers.map(gain, tau, (g, t) -> g * dt / t));
  }

  /** 1 − dt/τ, from 0 to 1. */
  private static List<Double> kept(NirTensor tau, double dt) {
    return single(NodeNumbers.map(steps(tau, dt), share -> Math.max(0, Math.min(1, 1 - share))));
  }

  /** dt/τ. */
  private static NirTensor steps(NirTensor tau, double dt) {
    double step = NodeNumbers.beside(tau, dt);
    return NodeNumbers.map(tau, t -> step / t);
  }

  private static LinearStep step(List<Double> gain, List<Double> kept) {
    return new LinearStep(Integration.DECAY, gain, kept, same(0), same(0));
  }

  private static NirTensor scaled(NirTensor threshold, NirTensor scale) {
    NodeNumbers.require(
        "scale of the input", scale, s -> s > 0 && Double.isFinite(s), "positive" + DIALECT);
    if (NodeNumbers.isClose(scale, 1)) {
      return threshold;
    }
    double first = scale.getDouble(0);
    NodeNumbers.require(
        "scale of the input", scale, s -> s == first, "the same for all neurons" + DIALECT);
    return NodeNumbers.map(threshold, scale, (theta, s) -> theta / s);
  }

  private static LinearNeuron firing(
      Charging charging,
      NirTensor threshold,
      NirTensor reset,
      boolean subtracts,
      DialectSettings settings) {
    boolean bySubtraction = settings.subtracts(subtracts);
    if (!bySubtraction) {
      settings.ignores("v_reset", reset, 0);
    }
    return new LinearNeuron(
        charging,
        Firing.ABOVE,
        single(threshold),
        reset(bySubtraction, charging.synapse() != null, settings.lateReset()),
        same(0));
  }

  private static MembraneReset reset(boolean subtracts, boolean synaptic, boolean late) {
    if (subtracts) {
      return late ? MembraneReset.LATE_BY_SUBTRACTION : MembraneReset.BY_SUBTRACTION_ONCE;
    }
    if (!late) {
      return MembraneReset.TO_VALUE;
    }
    return synaptic ? MembraneReset.LATE_TO_ZERO_WITH_INPUT : MembraneReset.LATE_TO_ZERO;
  }
}
