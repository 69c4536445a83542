package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.internal.host.HostLayer;
import org.dl4jsnn.internal.host.Kept;
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
 * reaches. The cost goes with the number of spikes, not with steps × weights. One sample runs
 * through the whole window before the next, so that its membranes stay in the cache; samples run in
 * parallel.
 */
public final class EventDrivenEngine implements SimulationEngine {

  private final KernelProvider kernels;
  private final Recurrence recurrence;

  /** An engine with the kernels that {@link Kernels} chose. */
  public EventDrivenEngine() {
    this(Kernels.chosen());
  }

  /**
   * An engine.
   *
   * @param kernels the innermost loops
   */
  public EventDrivenEngine(KernelProvider kernels) {
    this(kernels, Recurrence.NONE);
  }

  private EventDrivenEngine(KernelProvider kernels, Recurrence recurrence) {
    this.kernels = kernels;
    this.recurrence = recurrence;
  }

  /**
   * An engine of a layer whose neurons reach one another; by the neuron's definition, for which
   * there are no kernels.
   *
   * @param recurrence the synapses from the layer to itself
   * @return the engine
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
      Synapse synapse, NeuronDynamics neuron, NeuronState start, SpikeTrain input, Kept kept) {
    return new HostLayer(
            HostSynapses.of(synapse), recurrence, synapse.outputShape(), neuron, kernels)
        .simulateSpikes(start, input, kept);
  }
}
