package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.charge.RecurrentCharge;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;

/**
 * Simulates a layer whose input is the same at every step: its current is also the same, and is
 * computed once for the whole window. Each step then only charges, fires, resets and leaks; samples
 * run in parallel.
 *
 * <p>Currents are summed in single precision, sample by sample and spike by spike, for any data
 * type of the weights: they depend neither on the backend nor on the size of the minibatch, and are
 * the same without ND4J (docs/decisions/0045).
 */
public final class ConstantCurrentEngine implements SimulationEngine {

  private final HostLayers layers;

  /** Creates an engine. */
  public ConstantCurrentEngine() {
    this(HostLayers.FRESH);
  }

  ConstantCurrentEngine(HostLayers layers) {
    this.layers = layers;
  }

  @Override
  public SimulationResult simulate(
      Synapse synapse, NeuronDynamics neuron, NeuronState start, SpikeTrain input, Retention kept) {
    return layers
        .of(synapse, RecurrentCharge.NONE, neuron, Kernels.chosen(), input)
        .simulateConstant(start, input, kept);
  }
}
