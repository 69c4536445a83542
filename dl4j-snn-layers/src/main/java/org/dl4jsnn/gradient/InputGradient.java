package org.dl4jsnn.gradient;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Collects the gradient of a layer's input spikes, ∂L/∂s[t], in blocks of samples and steps, and
 * hands it down. Every sample and step is to be added once.
 */
public interface InputGradient {

  /**
   * Whether anybody asks for the gradient.
   *
   * @return false where {@link #add} does nothing and {@link #finish} may follow at once
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

  /**
   * Ends the pass: leaves the gradient in time where the layer below wants it.
   *
   * @return the loss's gradient with respect to the firing rates of the input
   */
  INDArray finish();
}
