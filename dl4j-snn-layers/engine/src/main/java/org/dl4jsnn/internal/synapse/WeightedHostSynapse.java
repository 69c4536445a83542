package org.dl4jsnn.internal.synapse;

import java.util.Arrays;
import java.util.Optional;
import org.dl4jsnn.charge.Charges;
import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.internal.kernel.GatherGeometry;
import org.dl4jsnn.internal.kernel.GatherWeights;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.KernelWeights;
import org.dl4jsnn.internal.kernel.PackedWeights;
import org.dl4jsnn.internal.kernel.RowAdder;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Synapses whose neurons each have a window of weights over the input.
 *
 * @param geometry which inputs each neuron gathers
 * @param weights the weights; without values if the kernels' own are kept alone
 * @param kernel how kernels access them
 * @param gradient where their gradients lie
 * @param bias one value per output channel, or {@link HostParameter#NONE}
 * @param isFullyConnected whether every neuron reads every input, by weights [nIn, nOut]
 */
public record WeightedHostSynapse(
    GatherGeometry geometry,
    HostParameter weights,
    KernelWeights kernel,
    WindowAdjoint.KernelGradient gradient,
    HostParameter bias,
    boolean isFullyConnected)
    implements HostSynapse {

  /**
   * A fully connected layer.
   *
   * @param weights [nIn, nOut], for an input flattened channel by channel
   * @param bias [nOut], or {@link HostParameter#NONE}
   */
  public static HostSynapse dense(
      FeatureShape input, int outputs, HostParameter weights, HostParameter bias) {
    return new WeightedHostSynapse(
        GatherGeometry.dense(input, outputs),
        weights,
        denseWeights(input, outputs, weights.values()),
        denseGradient(input, outputs),
        bias,
        true);
  }

  /** Weights [nIn, nOut] for an input flattened channel by channel. */
  private static KernelWeights denseWeights(FeatureShape input, int outputs, float[] values) {
    return (row, column, channel, first, count, target, offset) -> {
      int inputNeuron = (channel * input.height() + row) * input.width() + column;
      System.arraycopy(values, inputNeuron * outputs + first, target, offset, count);
    };
  }

  private static WindowAdjoint.KernelGradient denseGradient(FeatureShape input, int outputs) {
    return (row, column, channel, from, first, gradient) -> {
      int inputNeuron = (channel * input.height() + row) * input.width() + column;
      System.arraycopy(from, first, gradient, inputNeuron * outputs, outputs);
    };
  }

  /**
   * A convolution.
   *
   * @param weights [nOut, nIn, kernel height, kernel width]
   * @param bias [nOut], or {@link HostParameter#NONE}
   */
  public static HostSynapse convolution(
      Window2D window,
      FeatureShape input,
      FeatureShape output,
      HostParameter weights,
      HostParameter bias) {
    GatherGeometry geometry =
        new GatherGeometry(
            input,
            output,
            window.rows().extent(),
            window.columns().extent(),
            window.rows().stride(),
            window.columns().stride(),
            window.rows().paddingBefore(input.height()),
            window.columns().paddingBefore(input.width()));
    return new WeightedHostSynapse(
        geometry,
        weights,
        convolutionWeights(window, input.channels(), weights.values()),
        convolutionGradient(window, input.channels(), output.channels()),
        bias,
        false);
  }

  private static WindowAdjoint.KernelGradient convolutionGradient(
      Window2D window, int inputChannels, int outputs) {
    Window2D.Axis rows = window.rows();
    Window2D.Axis columns = window.columns();
    int taps = rows.kernel() * columns.kernel();
    return (row, column, channel, from, first, gradient) -> {
      if (row % rows.dilation() != 0 || column % columns.dilation() != 0) {
        return; // between the taps of a dilated kernel
      }
      int tap = row / rows.dilation() * columns.kernel() + column / columns.dilation();
      for (int k = 0; k < outputs; k++) {
        gradient[(k * inputChannels + channel) * taps + tap] = from[first + k];
      }
    };
  }

  /** Weights [nOut, nIn, kernel height, kernel width]. */
  private static KernelWeights convolutionWeights(
      Window2D window, int inputChannels, float[] values) {
    Window2D.Axis rows = window.rows();
    Window2D.Axis columns = window.columns();
    return (row, column, channel, first, count, target, offset) -> {
      if (row % rows.dilation() != 0 || column % columns.dilation() != 0) {
        Arrays.fill(target, offset, offset + count, 0); // between the taps of a dilated kernel
        return;
      }
      int tap = row / rows.dilation() * columns.kernel() + column / columns.dilation();
      int taps = rows.kernel() * columns.kernel();
      for (int k = 0; k < count; k++) {
        target[offset + k] = values[((first + k) * inputChannels + channel) * taps + tap];
      }
    };
  }

  /** The same synapses without a copy of the weights beside those that kernels hold. */
  public WeightedHostSynapse packed(PackedWeights packed) {
    HostParameter bound = new HostParameter(HostParameter.NONE.values(), weights.largest());
    return new WeightedHostSynapse(geometry, bound, packed, gradient, bias, true);
  }

  @Override
  public boolean keepsKernels() {
    return true;
  }

  @Override
  public Optional<SampleSimulations> kernels(
      KernelNeuron rule, NeuronState start, SpikeTrain input, KernelProvider kernels) {
    return Optional.of(
        new GatherWeights(geometry, kernel, bias.values(), rule, kernels, input::density));
  }

  @Override
  public Optional<SynapseAdjoint> adjoint(KernelProvider kernels, boolean inputs) {
    return Optional.of(
        new WindowAdjoint(geometry, kernel, bias.values(), gradient, kernels, inputs));
  }

  /** The same charge serves all tasks. */
  @Override
  public Charges charges(RowAdder adder) {
    StepCharge charge = new ScatterCharge(geometry, kernel, bias.values(), adder);
    return new Charges(() -> charge, this::currentBound);
  }

  @Override
  public double currentBound(double amplitude) {
    return geometry.weightRows() * (amplitude * weights.largest()) + bias.largest();
  }
}
