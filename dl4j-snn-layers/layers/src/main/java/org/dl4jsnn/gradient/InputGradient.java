package org.dl4jsnn.gradient;

import java.util.Optional;
import org.dl4jsnn.Internal;
import org.dl4jsnn.charge.PoolingWindows;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Collects the gradient of a layer's input spikes, ∂L/∂s[t], in blocks of samples and steps, and
 * hands it down. Every sample and step must be added exactly once.
 */
public interface InputGradient {

  /**
   * {@return whether the gradient is needed; false if {@link #add} does nothing and {@link #finish}
   * may be called at once}
   */
  default boolean isWanted() {
    return true;
  }

  /**
   * Adds a block.
   *
   * @param firstSample index of the first sample
   * @param firstStep index of the first step
   * @param blockSteps steps of each sample
   * @param block [samples · blockSteps, …] in the input's shape, sample after sample; not kept
   */
  void add(int firstSample, int firstStep, int blockSteps, INDArray block);

  /** Takes the gradients of single samples, in single precision; thread-safe for different ones. */
  @Internal
  interface OfSamples {

    /**
     * Takes a step.
     *
     * @param sample index of the sample
     * @param step index of the step
     * @param gradient in order of position and channel, one number per window if there are shared
     *     inputs; not kept
     */
    void step(int sample, int step, float[] gradient);

    /**
     * Takes the sum over all steps.
     *
     * @param sample index of the sample
     * @param sum in the order of arrays
     */
    void sum(int sample, float[] sum);
  }

  /**
   * {@return a receiver of all samples and steps, instead of {@link #add}}
   *
   * @param sharedInputs disjoint windows whose inputs have one gradient each
   */
  @Internal
  OfSamples ofSamples(Optional<PoolingWindows> sharedInputs);

  /**
   * Ends the pass: hands the gradient in time to the layer below if that layer needs it.
   *
   * @return the loss's gradient with respect to the firing rates of the input
   */
  INDArray finish();
}
