package org.dl4jsnn.internal.kernel;

import java.util.Optional;

/** Kernels for blocks of channels with eight-bit weights. */
public interface EightBitKernels {

  /**
   * Checks whether the weights of a block have eight bits.
   *
   * @param weights rows of {@code width} weights from {@link KernelProvider#FIRST_WEIGHT} on
   * @param rows rows of weights
   * @param width channels of the block, from {@link KernelProvider#blockWidth}
   * @return the weights, or empty if they are not
   */
  Optional<EightBitWeights> weights(float[] weights, int rows, int width);

  /**
   * A kernel for one block of channels. It fires the same spikes as {@link KernelProvider#kernel}
   * if sums of weights are exact, and takes only ordinary spikes.
   *
   * @param weights as returned by {@link #weights}
   * @param width channels of the block, from {@link KernelProvider#blockWidth}
   * @param bias one value per channel, or an empty array for none
   * @param rule the neurons
   * @return the kernel
   */
  ColumnKernel kernel(EightBitWeights weights, int width, float[] bias, KernelNeuron rule);
}
