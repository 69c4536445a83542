package org.dl4jsnn.internal.encode;

import org.dl4jsnn.internal.FiniteFlow;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/** Features that already have a time axis: the value of a step is the current of that step. */
public final class FrameTrains {

  private FrameTrains() {}

  /**
   * The events of frames. If all are 0 or 1, spikes are ordinary, otherwise graded.
   *
   * @param x [minibatch, channels, T, positions], C order
   * @throws IllegalArgumentException if a feature or a sum is not finite
   */
  public static SpikeTrain of(FeatureShape shape, float[] x, int minibatch, int steps) {
    int perSample = Math.multiplyExact(shape.neurons(), steps);
    HostFeatures.finite(x, perSample);
    EventSpikeTrain.Sample[] samples = new EventSpikeTrain.Sample[minibatch];
    float[] totals = new float[Math.multiplyExact(minibatch, shape.neurons())];
    boolean binary = allBinary(x);
    ParallelSamples.run(
        minibatch,
        () ->
            sample -> {
              samples[sample] = events(x, sample * perSample, shape, steps, binary);
              accumulate(x, sample * perSample, shape, steps, totals, sample * shape.neurons());
            });
    FiniteFlow.require(totals, shape.neurons(), "features that are not normalised");
    return EventSpikeTrain.unchecked(shape, steps, samples, binary, totals);
  }

  /** The events of one sample, whose values [channels, T, positions] begin at an offset. */
  private static EventSpikeTrain.Sample events(
      float[] x, int offset, FeatureShape shape, int steps, boolean binary) {
    int positions = shape.height() * shape.width();
    int count = 0;
    for (int i = offset; i < offset + shape.neurons() * steps; i++) {
      count += x[i] != 0 ? 1 : 0;
    }
    int[] firstOfStep = new int[steps + 1];
    int[] neurons = new int[count];
    float[] amplitudes = binary ? null : new float[count];
    int event = 0;
    for (int step = 0; step < steps; step++) {
      for (int position = 0; position < positions; position++) {
        for (int channel = 0; channel < shape.channels(); channel++) {
          float amplitude = x[offset + (channel * steps + step) * positions + position];
          if (amplitude != 0) {
            if (!binary) {
              amplitudes[event] = amplitude;
            }
            neurons[event++] = position * shape.channels() + channel;
          }
        }
      }
      firstOfStep[step + 1] = event;
    }
    return new EventSpikeTrain.Sample(firstOfStep, neurons, amplitudes);
  }

  private static void accumulate(
      float[] x, int offset, FeatureShape shape, int steps, float[] totals, int first) {
    int positions = shape.height() * shape.width();
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int step = 0; step < steps; step++) {
        int from = offset + (channel * steps + step) * positions;
        for (int position = 0; position < positions; position++) {
          totals[first + channel * positions + position] += x[from + position];
        }
      }
    }
  }

  private static boolean allBinary(float[] x) {
    for (float value : x) {
      if (value != 0 && value != 1) {
        return false;
      }
    }
    return true;
  }
}
