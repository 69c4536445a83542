package org.dl4jsnn.internal.synapse;

import java.util.Optional;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Charges;
import org.dl4jsnn.synapse.DepthwiseSynapse;
import org.dl4jsnn.synapse.StepCharge;

/**
 * Depthwise convolution.
 *
 * @param synapse its geometry
 * @param weights [nOut, 1, kernel height, kernel width]
 * @param bias [nOut], or none
 */
record DepthwiseHostSynapse(DepthwiseSynapse synapse, HostParameter weights, HostParameter bias)
    implements HostSynapse {

  static HostSynapse of(DepthwiseSynapse synapse) {
    return new DepthwiseHostSynapse(
        synapse,
        HostParameter.of(DepthwiseSynapse.WEIGHT, synapse.weights()),
        HostParameter.of(DepthwiseSynapse.BIAS, synapse.bias()));
  }

  /** The same charge serves all tasks. */
  @Override
  public Charges charges() {
    StepCharge charge = new DepthwiseCharge(synapse, weights.values(), bias.values());
    return new Charges(() -> charge, this::currentBound);
  }

  @Override
  public double currentBound(double amplitude) {
    int taps = synapse.window().rows().kernel() * synapse.window().columns().kernel();
    return taps * (amplitude * weights.largest()) + bias.largest();
  }

  /** None: a spike reaches so few neurons that there is little to do at once. */
  @Override
  public Optional<SampleSimulations> kernels(
      KernelNeuron rule, NeuronState start, SpikeTrain input, KernelProvider kernels) {
    return Optional.empty();
  }
}
