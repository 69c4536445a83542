package org.dl4jsnn.internal.host;

import java.util.Arrays;
import org.dl4jsnn.spike.EventSpikeTrain;

/** A growing list of the events of one sample, step by step. */
final class SpikeRecorder {

  private final int[] firstOfStep;
  private int[] neurons = new int[256];
  private float[] amplitudes = new float[256];
  private int size;

  SpikeRecorder(int steps) {
    firstOfStep = new int[steps + 1];
  }

  void add(int neuron, float amplitude) {
    if (size == neurons.length) {
      neurons = Arrays.copyOf(neurons, 2 * size);
      amplitudes = Arrays.copyOf(amplitudes, 2 * size);
    }
    neurons[size] = neuron;
    amplitudes[size++] = amplitude;
  }

  void endStep(int step) {
    firstOfStep[step + 1] = size;
  }

  EventSpikeTrain.Sample sample(boolean unitSpikes) {
    float[] graded = unitSpikes ? null : Arrays.copyOf(amplitudes, size);
    return new EventSpikeTrain.Sample(firstOfStep, Arrays.copyOf(neurons, size), graded);
  }
}
