package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.internal.host.HostLayer;
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

  /** Creates an engine with the kernels chosen by {@link Kernels}. */
  public EventDrivenEngine() {
    this(Kernels.chosen());
  }

  /** Creates an engine with given innermost loops. */
  public EventDrivenEngine(KernelProvider kernels) {
    this(kernels, Recurrence.NONE);
  }

  private EventDrivenEngine(KernelProvider kernels, Recurrence recurrence) {
    this.kernels = kernels;
    this.recurrence = recurrence;
  }

  /**
   * An engine for a layer whose neurons are connected to one another. It uses the neuron's
   * definition, since there are no kernels for recurrence.
   */
  public static EventDrivenEngine of(Recurrence recurrence) {
    return new EventDrivenEngine(Kernels.chosen(), recurrence);
  }

  @Override
  public String name() {
    return "event";
  }

  @Override
  public SimulationResult simulate(
      Synapse synapse, NeuronDynamics neuron, NeuronState start, SpikeTrain input, Retention kept) {
    return new HostLayer(
            HostSynapses.of(synapse), recurrence, synapse.outputShape(), neuron, kernels)
        .simulateSpikes(start, input, kept);
  }
}
