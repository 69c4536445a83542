package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.charge.RecurrentCharge;
import org.dl4jsnn.internal.host.HostLayer;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;

/** Provides the host's form of a layer, with the weights laid out for kernels. */
@FunctionalInterface
public interface HostLayers {

  /** Copies the weights for every pass, as training must. */
  HostLayers FRESH =
      (synapse, recurrence, neuron, kernels, input) ->
          new HostLayer(
              HostSynapses.of(synapse), recurrence, synapse.outputShape(), neuron, kernels);

  /**
   * The layer with its current weights, for one pass.
   *
   * @param input the spikes of the pass
   * @throws IllegalArgumentException if a weight is not finite
   */
  HostLayer of(
      Synapse synapse,
      RecurrentCharge recurrence,
      NeuronDynamics neuron,
      KernelProvider kernels,
      SpikeTrain input);

  /**
   * Simulates the layer with its current weights spike by spike, as {@link
   * HostLayer#simulateSpikes} does.
   */
  default SimulationResult simulateSpikes(
      Synapse synapse,
      RecurrentCharge recurrence,
      NeuronDynamics neuron,
      KernelProvider kernels,
      NeuronState start,
      SpikeTrain input,
      Retention kept) {
    return of(synapse, recurrence, neuron, kernels, input).simulateSpikes(start, input, kept);
  }
}
