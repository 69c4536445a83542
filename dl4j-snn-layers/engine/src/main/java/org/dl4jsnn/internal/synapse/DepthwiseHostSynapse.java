package org.dl4jsnn.internal.synapse;

import java.util.Optional;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.RowAdder;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Depthwise convolution.
 *
 * @param window kernel, stride, padding and dilation
 * @param input the input's shape
 * @param output the output's shape
 * @param weights [nOut, 1, kernel height, kernel width]
 * @param bias [nOut], or none
 */
record DepthwiseHostSynapse(
    Window2D window,
    FeatureShape input,
    FeatureShape output,
    HostParameter weights,
    HostParameter bias)
    implements HostSynapse {

  /** The same charge serves all tasks. */
  @Override
  public Charges charges(RowAdder adder) {
    StepCharge charge = new DepthwiseCharge(window, input, output, weights.values(), bias.values());
    return new Charges(() -> charge, this::currentBound);
  }

  @Override
  public double currentBound(double amplitude) {
    int taps = window.rows().kernel() * window.columns().kernel();
    return taps * (amplitude * weights.largest()) + bias.largest();
  }

  /** None: a spike reaches too few neurons for kernels to pay off. */
  @Override
  public Optional<SampleSimulations> kernels(
      KernelNeuron rule, NeuronState start, SpikeTrain input, KernelProvider kernels) {
    return Optional.empty();
  }
}
