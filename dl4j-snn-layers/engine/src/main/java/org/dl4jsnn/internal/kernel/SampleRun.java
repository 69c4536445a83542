package org.dl4jsnn.internal.kernel;

import org.dl4jsnn.spike.SpikeTrain;

/**
 * One sample of a layer over a window: its initial state, and where its results go.
 *
 * @param sample index of the sample
 * @param start the state before the first step, [variable][neuron] in order of position and
 *     channel; null at rest
 * @param end where to write the state after the last step, in the same form; null if not needed
 * @param words where to set the bits of the spikes; initially zero; in the layout of {@link
 *     org.dl4jsnn.internal.spike.BitLayout}
 * @param inputs where to write the accumulated input of every neuron, in the order of arrays; null
 *     if not needed, or if the simulation does not {@linkplain SampleSimulation#sumsInputs sum it}
 * @param held steps for which the current of the input's only step is held; 0 if every step has its
 *     own
 */
public record SampleRun(
    SpikeTrain input,
    int sample,
    float[][] start,
    float[][] end,
    int[] words,
    float[] inputs,
    int held) {

  public SampleRun(
      SpikeTrain input, int sample, float[][] start, float[][] end, int[] words, float[] inputs) {
    this(input, sample, start, end, words, inputs, 0);
  }

  /** The same window, whose input is any step of a constant one. */
  public SampleRun holding(SpikeTrain anyStep) {
    return new SampleRun(anyStep, sample, start, end, words, inputs, input.steps());
  }
}
