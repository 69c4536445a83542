package org.dl4jsnn.internal.host;

import java.util.Optional;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.internal.synapse.HostSynapse;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Kernels with reordered weights; reordering takes about as long as simulating a small window. Kept
 * for windows of the most recent length and for pieces; the choice affects only speed, since all
 * fire the same spikes. Thread-safe.
 */
final class PreparedKernels {

  private final HostSynapse synapse;
  private final KernelProvider kernels;

  /** For windows that start at rest; null before the first. */
  private volatile OfWindow window;

  /** For the other pieces of a stream; null before the first. */
  private volatile SampleSimulations piece;

  PreparedKernels(HostSynapse synapse, KernelProvider kernels) {
    this.synapse = synapse;
    this.kernels = kernels;
  }

  /**
   * Kernels for whole windows.
   *
   * @param steps T
   * @param simulations the kernels
   */
  private record OfWindow(int steps, SampleSimulations simulations) {}

  /** The kernels for an input; empty if there are none. */
  Optional<SampleSimulations> of(KernelNeuron rule, NeuronState start, SpikeTrain input) {
    if (!synapse.keepsKernels()) {
      return synapse.kernels(rule, start, input, kernels);
    }
    return input.unitSpikes() && start.isAtRest()
        ? ofWindow(rule, start, input)
        : ofPiece(rule, start, input);
  }

  private Optional<SampleSimulations> ofWindow(
      KernelNeuron rule, NeuronState start, SpikeTrain input) {
    OfWindow known = window;
    if (known != null && known.steps == input.steps()) {
      return Optional.of(known.simulations);
    }
    Optional<SampleSimulations> fresh = synapse.kernels(rule, start, input, kernels);
    fresh.ifPresent(simulations -> window = new OfWindow(input.steps(), simulations));
    return fresh;
  }

  private Optional<SampleSimulations> ofPiece(
      KernelNeuron rule, NeuronState start, SpikeTrain input) {
    SampleSimulations known = piece;
    if (known != null) {
      return Optional.of(known);
    }
    Optional<SampleSimulations> fresh = synapse.kernels(rule, start, input, kernels);
    fresh.ifPresent(simulations -> piece = simulations);
    return fresh;
  }
}
