package org.dl4jsnn.internal.host;

import java.util.Optional;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.internal.synapse.HostSynapse;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Kernels with reordered weights, kept from the first input on; reordering takes about as long as
 * simulating a small window. Thread-safe.
 */
final class PreparedKernels {

  private final HostSynapse synapse;
  private final KernelProvider kernels;

  /** Null before the first input. */
  private volatile SampleSimulations kept;

  PreparedKernels(HostSynapse synapse, KernelProvider kernels) {
    this.synapse = synapse;
    this.kernels = kernels;
  }

  /** The kernels for an input; empty if there are none. */
  Optional<SampleSimulations> of(KernelNeuron rule, NeuronState start, SpikeTrain input) {
    SampleSimulations known = kept;
    if (known != null) {
      return Optional.of(known);
    }
    Optional<SampleSimulations> fresh = synapse.kernels(rule, start, input, kernels);
    if (synapse.keepsKernels()) {
      fresh.ifPresent(simulations -> kept = simulations);
    }
    return fresh;
  }
}
