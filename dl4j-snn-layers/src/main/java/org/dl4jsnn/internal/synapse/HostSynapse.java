package org.dl4jsnn.internal.synapse;

import java.util.Optional;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.RowAdder;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.Charges;
import org.dl4jsnn.synapse.PoolingWindows;
import org.dl4jsnn.synapse.Window2D;

/**
 * Synapses with their weights of the moment on the host. Safe for threads.
 *
 * <ul>
 *   <li>{@link WeightedHostSynapse}: every neuron has a window of weights over its input.
 *   <li>{@link DepthwiseHostSynapse}: every channel by itself.
 *   <li>{@link AverageHostSynapse}: average pooling.
 *   <li>Those of a user's own, which the engines wrap.
 * </ul>
 */
public interface HostSynapse {

  /**
   * A fully connected layer.
   *
   * @param input the input's shape, of nIn neurons
   * @param outputs nOut
   * @param weights [nIn, nOut], of an input that is flattened channel by channel
   * @param bias [nOut], or none
   * @return the synapses
   */
  static HostSynapse dense(
      FeatureShape input, int outputs, HostParameter weights, HostParameter bias) {
    return WeightedHostSynapse.dense(input, outputs, weights, bias);
  }

  /**
   * A convolution.
   *
   * @param window kernel, stride, padding and dilation
   * @param input the input's shape
   * @param output the output's shape
   * @param weights [nOut, nIn, kernel height, kernel width]
   * @param bias [nOut], or none
   * @return the synapses
   */
  static HostSynapse convolution(
      Window2D window,
      FeatureShape input,
      FeatureShape output,
      HostParameter weights,
      HostParameter bias) {
    return WeightedHostSynapse.convolution(window, input, output, weights, bias);
  }

  /**
   * A convolution of every channel by itself.
   *
   * @param window kernel, stride, padding and dilation
   * @param input the input's shape
   * @param output the output's shape
   * @param weights [nOut, 1, kernel height, kernel width]
   * @param bias [nOut], or none
   * @return the synapses
   */
  static HostSynapse depthwise(
      Window2D window,
      FeatureShape input,
      FeatureShape output,
      HostParameter weights,
      HostParameter bias) {
    return new DepthwiseHostSynapse(window, input, output, weights, bias);
  }

  /**
   * Average pooling.
   *
   * @param windows the windows over the input
   * @return the synapses
   */
  static HostSynapse average(PoolingWindows windows) {
    return new AverageHostSynapse(windows);
  }

  /**
   * Whether there are weights.
   *
   * @return false for pooling
   */
  default boolean isWeighted() {
    return true;
  }

  /**
   * Whether kernels once made serve for any state and any spikes; where they were made for ordinary
   * spikes and neurons at rest, for windows of as many steps.
   *
   * @return false where they have to be made anew for each piece
   */
  default boolean keepsKernels() {
    return false;
  }

  /**
   * How large the current of a step can be.
   *
   * @param amplitude a magnitude that no arriving amplitude exceeds
   * @return a magnitude that no current exceeds, nor any part of its sum
   */
  double currentBound(double amplitude);

  /**
   * The charges of single steps, for who looks at membranes step by step. They add in the order of
   * the kernels and give the same bits.
   *
   * @param adder adds rows of weights
   * @return makes a charge for each task
   */
  Charges charges(RowAdder adder);

  /**
   * Kernels that simulate (leaky) integrate-and-fire neurons charged by these synapses. The caller
   * has made sure that no membrane leaves single precision.
   *
   * @param rule the neurons
   * @param start the state that simulations will begin with
   * @param input the spikes that will arrive; their form and density decide how to simulate
   * @param kernels the innermost loops
   * @return makes a simulation for each task; empty where there is no kernel
   */
  Optional<SampleSimulations> kernels(
      KernelNeuron rule, NeuronState start, SpikeTrain input, KernelProvider kernels);
}
