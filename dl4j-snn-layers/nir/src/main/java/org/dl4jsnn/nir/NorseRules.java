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
 * Norse 1.1: Euler's step, in single precision. Ignores v_reset, and r except in CubaLIF.
 * Everything starts at v_leak, including synaptic currents.
 */
final class NorseRules implements DialectRules {

  @Override
  public LinearNeuron neuron(NirNeurons.IF node, DialectSettings settings) {
    settings.ignores("r", node.r(), 1);
    LinearStep sum = DialectRules.sum(NirTensor.full(new int[] {1}, 1));
    return firing(Charging.of(sum), node.threshold(), node.reset(), settings);
  }

  @Override
  public LinearNeuron neuron(NirNeurons.LIF node, DialectSettings settings) {
    settings.ignores("r", node.r(), 1);
    LinearStep membrane = step(Integration.EULER, same(1), node.tau(), node.leak(), settings);
    return firing(Charging.of(membrane), node.threshold(), node.reset(), settings);
  }

  @Override
  public LinearNeuron neuron(NirNeurons.CubaLIF node, DialectSettings settings) {
    return firing(
        synaptic(node, Integration.EULER, settings), node.threshold(), node.reset(), settings);
  }

  @Override
  public LinearNeuron neuron(NirNeurons.LI node, DialectSettings settings) {
    settings.ignores("r", node.r(), 1);
    return LinearNeuron.integrator(
        Charging.of(step(Integration.EULER_OF_LEAK, same(1), node.tau(), node.leak(), settings)));
  }

  /** Norse has no such node; runs as its synapse followed by its integrator. */
  @Override
  public LinearNeuron neuron(NirNeurons.CubaLI node, DialectSettings settings) {
    return LinearNeuron.integrator(synaptic(node, Integration.EULER_OF_LEAK, settings));
  }

  private static Charging synaptic(
      Synaptic node, Integration ofMembrane, DialectSettings settings) {
    NirTensor leak = node.leak();
    List<Double> weight = single(node.inputWeight());
    return Charging.through(
        step(Integration.EULER_OF_LEAK, weight, node.tauSynapse(), leak, settings),
        step(ofMembrane, single(node.r()), node.tauMembrane(), leak, settings));
  }

  private static LinearNeuron firing(
      Charging charging, NirTensor threshold, NirTensor reset, DialectSettings settings) {
    boolean subtracts = settings.subtracts(false);
    if (!subtracts) {
      settings.ignores("v_reset", reset, 0);
    }
    return new LinearNeuron(
        charging,
        Firing.ABOVE,
        single(threshold),
        subtracts ? MembraneReset.BY_SUBTRACTION : MembraneReset.TO_VALUE,
        same(0));
  }

  private static LinearStep step(
      Integration integration,
      List<Double> gain,
      NirTensor tau,
      NirTensor leak,
      DialectSettings settings) {
    float dt = (float) settings.timeStep();
    NirTensor share = NodeNumbers.map(NodeNumbers.rounded(tau), t -> dt * (1 / (float) t));
    return new LinearStep(integration, gain, single(share), single(leak), single(leak));
  }
}
