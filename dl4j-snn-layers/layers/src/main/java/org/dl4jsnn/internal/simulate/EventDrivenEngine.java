package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;

/**
 * Simulates a layer spike by spike on the CPU: a spike adds its weights to the membranes it
 * reaches. The cost grows with the number of spikes, not with steps × weights. One sample runs
 * through the whole window before the next, so that its membranes stay in the cache; samples run in
 * parallel.
 */
public final class EventDrivenEngine implements SimulationEngine {

  private final KernelProvider kernels;
  private final Recurrence recurrence;
  private final HostLayers layers;

  /** Creates an engine with the kernels chosen by {@link Kernels}. */
  public EventDrivenEngine() {
    this(Kernels.chosen());
  }

  /** Creates an engine with given innermost loops. */
  public EventDrivenEngine(KernelProvider kernels) {
    this(kernels, Recurrence.NONE, HostLayers.FRESH);
  }

  EventDrivenEngine(KernelProvider kernels, Recurrence recurrence, HostLayers layers) {
    this.kernels = kernels;
    this.recurrence = recurrence;
    this.layers = layers;
  }

  /**
   * An engine for a layer whose neurons may be connected to one another. If they are, it uses the
   * neuron's definition, since there are no kernels for recurrence.
   *
   * @param layers provides prepared weights
   */
  public static EventDrivenEngine of(Recurrence recurrence, HostLayers layers) {
    return new EventDrivenEngine(Kernels.chosen(), recurrence, layers);
  }

  @Override
  public SimulationResult simulate(
      Synapse synapse, NeuronDynamics neuron, NeuronState start, SpikeTrain input, Retention kept) {
    return layers.simulateSpikes(synapse, recurrence, neuron, kernels, start, input, kept);
  }
}
