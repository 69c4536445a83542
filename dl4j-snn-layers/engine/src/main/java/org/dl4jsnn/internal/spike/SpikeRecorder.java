package org.dl4jsnn.internal.spike;

import java.util.Arrays;
import org.dl4jsnn.spike.EventSpikeTrain;

/** A growing list of the events of one sample, step by step. */
public final class SpikeRecorder {

  private final int[] firstOfStep;
  private int[] neurons = new int[256];
  private float[] amplitudes = new float[256];
  private int size;

  public SpikeRecorder(int steps) {
    firstOfStep = new int[steps + 1];
  }

  public void add(int neuron, float amplitude) {
    if (size == neurons.length) {
      neurons = Arrays.copyOf(neurons, 2 * size);
      amplitudes = Arrays.copyOf(amplitudes, 2 * size);
    }
    neurons[size] = neuron;
    amplitudes[size++] = amplitude;
  }

  public void endStep(int step) {
    firstOfStep[step + 1] = size;
  }

  /** The events; without amplitudes if all are spikes of amplitude 1. */
  public EventSpikeTrain.Sample sample(boolean unitSpikes) {
    float[] graded = unitSpikes ? null : Arrays.copyOf(amplitudes, size);
    return new EventSpikeTrain.Sample(firstOfStep, Arrays.copyOf(neurons, size), graded);
  }
}
