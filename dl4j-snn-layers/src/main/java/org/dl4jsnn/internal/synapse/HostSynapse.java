package org.dl4jsnn.internal.synapse;

import java.util.Optional;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.SampleSimulations;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.AverageSynapse;
import org.dl4jsnn.synapse.Charges;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.DepthwiseSynapse;
import org.dl4jsnn.synapse.Synapse;

/**
 * Synapses with their weights of the moment on the host. Safe for threads.
 *
 * <ul>
 *   <li>{@link WeightedHostSynapse}: every neuron has a window of weights over its input.
 *   <li>{@link DepthwiseHostSynapse}: every channel by itself.
 *   <li>{@link AverageHostSynapse}: average pooling.
 *   <li>{@link CustomHostSynapse}: synapses of a user's own.
 * </ul>
 */
public interface HostSynapse {

  /**
   * Reads a layer's weights.
   *
   * @param synapse the synapses
   * @return the same on the host
   * @throws IllegalArgumentException if a weight is not finite
   */
  static HostSynapse of(Synapse synapse) {
    if (synapse instanceof DenseSynapse dense) {
      return WeightedHostSynapse.of(dense);
    }
    if (synapse instanceof ConvolutionSynapse convolution) {
      return WeightedHostSynapse.of(convolution);
    }
    if (synapse instanceof DepthwiseSynapse depthwise) {
      return DepthwiseHostSynapse.of(depthwise);
    }
    return synapse instanceof AverageSynapse average
        ? new AverageHostSynapse(average.windows())
        : CustomHostSynapse.of(synapse);
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
   * @return makes a charge for each task
   */
  Charges charges();

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
