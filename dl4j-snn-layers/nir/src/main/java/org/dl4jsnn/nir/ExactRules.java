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
 * The format's equations solved for constant input over a step, with the reset at the time of the
 * crossing (equation 66 of docs/mathematics.md). Membranes start at v_leak, or at 0 if there is
 * none.
 */
final class ExactRules implements DialectRules {

  /** Relative difference of time constants that is treated as zero. */
  private static final double SAME = 1e-6;

  @Override
  public LinearNeuron neuron(NirNeurons.IF node, DialectSettings settings) {
    NirTensor gain = NodeNumbers.map(node.r(), r -> r * settings.timeStep());
    return firing(Charging.of(DialectRules.sum(gain)), node.threshold(), node.reset(), settings);
  }

  @Override
  public LinearNeuron neuron(NirNeurons.LIF node, DialectSettings settings) {
    LinearStep membrane = step(node.r(), node.tau(), single(node.leak()), settings);
    return firing(Charging.of(membrane), node.threshold(), node.reset(), settings);
  }

  @Override
  public LinearNeuron neuron(NirNeurons.CubaLIF node, DialectSettings settings) {
    return firing(synaptic(node, settings), node.threshold(), node.reset(), settings);
  }

  @Override
  public LinearNeuron neuron(NirNeurons.LI node, DialectSettings settings) {
    return LinearNeuron.integrator(
        Charging.of(step(node.r(), node.tau(), single(node.leak()), settings)));
  }

  @Override
  public LinearNeuron neuron(NirNeurons.CubaLI node, DialectSettings settings) {
    return LinearNeuron.integrator(synaptic(node, settings));
  }

  private static Charging synaptic(Synaptic node, DialectSettings settings) {
    double[] seen = node.tauSynapse().doubles();
    for (int i = 0; i < seen.length; i++) {
      seen[i] = (float) seen(seen[i], node.tauMembrane().getDouble(i), settings.timeStep());
    }
    return new Charging(
        step(node.inputWeight(), node.tauSynapse(), same(0), settings),
        NodeNumbers.list(seen),
        step(node.r(), node.tauMembrane(), single(node.leak()), settings));
  }

  /** The constant current, as a share of the decaying one, that gives the same membrane. */
  private static double seen(double tauSynapse, double tauMembrane, double dt) {
    double lost = -Math.expm1(-dt / tauMembrane);
    if (Math.abs(tauSynapse - tauMembrane) < SAME * tauMembrane) {
      return dt / tauMembrane * Math.exp(-dt / tauMembrane) / lost;
    }
    double left = Math.exp(-dt / tauSynapse) - Math.exp(-dt / tauMembrane);
    return tauSynapse / (tauSynapse - tauMembrane) * left / lost;
  }

  private static LinearStep step(
      NirTensor gain, NirTensor tau, List<Double> rest, DialectSettings settings) {
    double[] kept = tau.doubles();
    for (int i = 0; i < kept.length; i++) {
      kept[i] = (float) Math.exp(-settings.timeStep() / kept[i]);
    }
    return new LinearStep(Integration.EXACT, single(gain), NodeNumbers.list(kept), rest, rest);
  }

  private static LinearNeuron firing(
      Charging charging, NirTensor threshold, NirTensor reset, DialectSettings settings) {
    return new LinearNeuron(
        charging,
        Firing.ABOVE,
        single(threshold),
        settings.subtracts(false) ? MembraneReset.BY_SUBTRACTION : MembraneReset.AT_CROSSING,
        single(reset));
  }
}
