package org.dl4jsnn.internal.simulate;

import java.util.Optional;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.internal.synapse.HostSynapse;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Charges;
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
    HostSynapse host = HostSynapse.of(synapse);
    SimulatedMinibatch minibatch =
        new SimulatedMinibatch(
            synapse.outputShape(), neuron, start, input, synapse.isWeighted(), kept);
    double bound = host.currentBound(input.amplitudeBound()) + recurrence.currentBound();
    boolean finite = SafeSums.stayFinite(neuron, start, bound);
    SampleSimulations simulations =
        kernels(host, neuron, start, input, finite)
            .orElseGet(() -> defined(host, synapse.outputShape(), neuron, input.shape(), finite));
    return minibatch.run(simulations);
  }

  private Optional<SampleSimulations> kernels(
      HostSynapse host,
      NeuronDynamics neuron,
      NeuronState start,
      SpikeTrain input,
      boolean finite) {
    return finite && recurrence == Recurrence.NONE && neuron instanceof SpikingNeuron spiking
        ? host.kernels(KernelNeuron.of(spiking), start, input, kernels)
        : Optional.empty();
  }

  private SampleSimulations defined(
      HostSynapse host,
      FeatureShape output,
      NeuronDynamics neuron,
      FeatureShape input,
      boolean finite) {
    Charges charges = host.charges();
    return () -> new ReferenceSimulation(charges.get(), recurrence, input, output, neuron, finite);
  }
}
