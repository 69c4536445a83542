package org.dl4jsnn.internal.simulate;

import java.util.Optional;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.RowAdder;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.internal.synapse.HostSynapse;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Synapse;

/**
 * Custom synapses.
 *
 * @param charges their charges
 * @param isWeighted whether they have weights to learn
 */
record CustomHostSynapse(Charges charges, boolean isWeighted) implements HostSynapse {

  static HostSynapse of(Synapse synapse) {
    return new CustomHostSynapse(
        synapse.charges().orElseGet(() -> new Charges(() -> new DenseCharge(synapse))),
        synapse.isWeighted());
  }

  @Override
  public Charges charges(RowAdder adder) {
    return charges;
  }

  @Override
  public double currentBound(double amplitude) {
    return charges.currentBound(amplitude);
  }

  @Override
  public Optional<SampleSimulations> kernels(
      KernelNeuron rule, NeuronState start, SpikeTrain input, KernelProvider kernels) {
    return Optional.empty();
  }
}
