package org.dl4jsnn.internal.kernel;

import java.util.Optional;

/** Makes the innermost loops of one kind. Chosen once, by {@link Kernels}. */
public interface KernelProvider {

  /** Index of the first weight of a kernel's array. */
  int FIRST_WEIGHT = AlignedFloats.OFFSET;

  /** Words of spikes that a block writes at the most. */
  int MOST_WORDS = 2;

  /**
   * The name that the system property {@value Kernels#PROPERTY} and the log know it by.
   *
   * @return the name
   */
  String name();

  /**
   * The width of a block of output channels; what it has more than channels are left is padding.
   *
   * @param channels the channels that are left, at least 1
   * @return the width; where channels are left over for another block, a multiple or a divisor of
   *     32, so that no block begins in one word and ends in the next
   */
  int blockWidth(int channels);

  /**
   * A kernel for one block of channels.
   *
   * @param weights rows of {@code width} weights from {@link #FIRST_WEIGHT} on; taken over
   * @param rows rows of weights
   * @param width channels of the block, as {@link #blockWidth} says
   * @param bias one value a channel, or an empty array for none
   * @param rule the neurons
   * @return the kernel
   */
  ColumnKernel kernel(float[] weights, int rows, int width, float[] bias, KernelNeuron rule);

  /**
   * Kernels for weights of eight bits.
   *
   * @return the kernels; empty where weights of eight bits are like any others
   */
  default Optional<EightBitKernels> eightBitKernels() {
    return Optional.empty();
  }

  /**
   * Words of spikes of the widest block: so many columns of few channels are simulated as one, as
   * channels of a wider window, where few spikes arrive.
   *
   * @return at most {@link #MOST_WORDS}
   */
  int mostWords();

  /**
   * Adds single rows of weights, for those who follow membranes step by step.
   *
   * @return the adder
   */
  RowAdder rowAdder();

  /**
   * The loops of a layer's accumulated flow.
   *
   * @return the kernel
   */
  default FlowKernel flowKernel() {
    return new PlainFlowKernel();
  }

  /**
   * The innermost loops of dense convolutions.
   *
   * @return the kernels, or empty where ND4J's own operations are faster
   */
  default Optional<DenseKernels> denseKernels() {
    return Optional.empty();
  }
}
