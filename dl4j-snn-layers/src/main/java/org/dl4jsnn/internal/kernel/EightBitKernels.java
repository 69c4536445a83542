package org.dl4jsnn.internal.kernel;

import java.util.Optional;

/** Kernels for blocks of channels whose weights are of eight bits. */
public interface EightBitKernels {

  /**
   * Looks whether the weights of a block are of eight bits.
   *
   * @param weights rows of {@code width} weights from {@link KernelProvider#FIRST_WEIGHT} on
   * @param rows rows of weights
   * @param width channels of the block, as {@link KernelProvider#blockWidth} says
   * @return the weights, or empty if they are not
   */
  Optional<EightBitWeights> weights(float[] weights, int rows, int width);

  /**
   * A kernel for one block of channels. It fires what {@link KernelProvider#kernel} fires where
   * sums of weights are exact, and takes ordinary spikes only.
   *
   * @param weights what {@link #weights} found
   * @param width channels of the block, as {@link KernelProvider#blockWidth} says
   * @param bias one value a channel, or an empty array for none
   * @param rule the neurons
   * @return the kernel
   */
  ColumnKernel kernel(EightBitWeights weights, int width, float[] bias, KernelNeuron rule);
}
