package org.dl4jsnn.internal.synapse;

import java.util.Optional;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.RowAdder;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Synapses with their current weights on the host. Thread-safe.
 *
 * <ul>
 *   <li>{@link WeightedHostSynapse}: every neuron has a window of weights over its input.
 *   <li>{@link DepthwiseHostSynapse}: per channel.
 *   <li>{@link AverageHostSynapse}: average pooling.
 *   <li>Custom synapses, which the engines wrap.
 * </ul>
 */
public interface HostSynapse {

  /** Whether there are weights; false for pooling. */
  default boolean isWeighted() {
    return true;
  }

  /** Whether an input is the current of one neuron, and is the only one. */
  default boolean passesOn() {
    return false;
  }

  /**
   * Whether existing kernels can be reused for any state and any spikes; false if they must be made
   * again for each piece.
   */
  default boolean keepsKernels() {
    return false;
  }

  /**
   * A bound on the current of a step.
   *
   * @param amplitude a magnitude that no arriving amplitude exceeds
   * @return a magnitude that no current and no partial sum of it exceeds
   */
  double currentBound(double amplitude);

  /**
   * The charges of single steps, for code that follows membranes step by step. They add in the
   * order of the kernels and give the same bits.
   *
   * @return makes a charge per task
   */
  Charges charges(RowAdder adder);

  /**
   * The adjoint for gradients through time.
   *
   * @param inputs whether the gradient of the inputs is wanted
   * @return the adjoint with a copy of the weights; empty if there is none event by event
   */
  default Optional<SynapseAdjoint> adjoint(KernelProvider kernels, boolean inputs) {
    return Optional.empty();
  }

  /**
   * Kernels that simulate (leaky) integrate-and-fire neurons charged by these synapses. The caller
   * must ensure that no membrane overflows single precision.
   *
   * @param start the state from which simulations will start
   * @param input the spikes that will arrive; their form and density determine the simulation
   * @return makes a simulation per task; empty if there is no kernel
   */
  Optional<SampleSimulations> kernels(
      KernelNeuron rule, NeuronState start, SpikeTrain input, KernelProvider kernels);
}
