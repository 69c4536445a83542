package org.dl4jsnn.internal.kernel;

import java.util.Optional;
import org.dl4jsnn.internal.spike.SpikeCounts;

/** Makes one implementation of the innermost loops. Chosen once, by {@link Kernels}. */
public interface KernelProvider {

  /** Index of the first weight of a kernel's array. */
  int FIRST_WEIGHT = AlignedFloats.OFFSET;

  /** The most words of spikes that a block writes. */
  int MOST_WORDS = 2;

  /** Its name in the system property {@value Kernels#PROPERTY}. */
  String name();

  /** What the log says of it. */
  default String description() {
    return name();
  }

  /**
   * The width of a block of output channels; its surplus over the remaining channels is padding.
   *
   * @param channels the remaining channels, at least 1
   * @return the width; if channels remain for another block, a multiple or a divisor of 32, so that
   *     no block begins in one word and ends in the next
   */
  int blockWidth(int channels);

  /**
   * A kernel for one block of channels.
   *
   * @param weights rows of {@code width} weights from {@link #FIRST_WEIGHT} on; not copied
   * @param width channels of the block, from {@link #blockWidth}
   * @param bias one value per channel, or an empty array for none
   */
  ColumnKernel kernel(float[] weights, int rows, int width, float[] bias, KernelNeuron rule);

  /**
   * A faster kernel for weights that are whole numbers; empty if there is none.
   *
   * @param floats the kernel of the same block for everything else
   */
  default Optional<ColumnKernel> wholeKernel(
      WholeWeights weights, float[] bias, KernelNeuron rule, ColumnKernel floats) {
    return Optional.empty();
  }

  /**
   * Words of spikes of the widest block: if few spikes arrive, that many columns with few channels
   * are simulated as one, as channels of a wider window.
   */
  int mostWords();

  /** An adder of single rows of weights, for code that follows membranes step by step. */
  RowAdder rowAdder();

  /** An adder of whole numbers; empty if there are no kernels for them. */
  default Optional<WholeRowAdder> wholeRowAdder() {
    return Optional.empty();
  }

  /** The loop over neurons that stay where they are from step to step. */
  default NeuronLoop neuronLoop(KernelNeuron rule) {
    return new PlainNeuronLoop(rule);
  }

  /** The loops of a layer's accumulated flow. */
  default FlowKernel flowKernel() {
    return new PlainFlowKernel();
  }

  /**
   * The loop that turns spike counts into numbers; empty if plain Java, with scratch memory, is
   * faster.
   */
  default Optional<SpikeCounts.Loop> countLoop() {
    return Optional.empty();
  }

  /** A reader of spike counts for one task. */
  default SpikeCounts.Reader reader(SpikeCounts counts) {
    return countLoop().map(counts::reader).orElseGet(counts::reader);
  }

  /**
   * The innermost loops of dense convolutions; the kernels, or empty if ND4J's own operations are
   * faster.
   */
  default Optional<DenseKernels> denseKernels() {
    return Optional.empty();
  }
}
