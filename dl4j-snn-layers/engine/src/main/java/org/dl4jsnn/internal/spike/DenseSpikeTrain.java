package org.dl4jsnn.internal.spike;

import org.dl4jsnn.internal.Magnitudes;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;

/** Graded spikes of nearly all neurons at every step, such as currents: an amplitude for each. */
public final class DenseSpikeTrain extends PackedTrain {

  /** For every sample the amplitudes, step by step, in order of position and channel. */
  private final float[][] amplitudes;

  /** Computed at the first call. */
  private volatile float[] totals;

  /** Creates a train from its amplitudes; the arrays are not copied. */
  public DenseSpikeTrain(FeatureShape shape, int steps, float[][] amplitudes) {
    super(shape, steps);
    this.amplitudes = amplitudes;
  }

  /** The amplitudes of a sample, step by step; not to be written to. */
  public float[] amplitudes(int sample) {
    return amplitudes[sample];
  }

  @Override
  public int minibatch() {
    return amplitudes.length;
  }

  @Override
  public boolean unitSpikes() {
    return false;
  }

  @Override
  long events() {
    long events = 0;
    for (float[] sample : amplitudes) {
      for (float amplitude : sample) {
        events += amplitude == 0 ? 0 : 1;
      }
    }
    return events;
  }

  @Override
  public float amplitudeBound() {
    float bound = 0;
    for (float[] sample : amplitudes) {
      bound = Math.max(bound, Magnitudes.largest(sample));
    }
    return bound;
  }

  @Override
  public void read(int sample, int step, SpikeEvents events) {
    events.clear();
    float[] values = amplitudes[sample];
    int at = step * shape.neurons();
    for (int position = 0; position < shape.positions(); position++) {
      for (int channel = 0; channel < shape.channels(); channel++, at++) {
        if (values[at] != 0) {
          events.add(position, channel, values[at]);
        }
      }
    }
  }

  @Override
  public float[] totals() {
    float[] known = totals;
    if (known == null) {
      int neurons = shape.neurons();
      float[] sums = new float[Math.multiplyExact(minibatch(), neurons)];
      ParallelSamples.run(
          minibatch(),
          () -> {
            float[] sum = new float[neurons];
            return sample -> {
              add(amplitudes[sample], sum);
              transpose(sum, sums, sample * neurons);
            };
          });
      known = sums;
      totals = known;
    }
    return known;
  }

  /** From the order of position and channel to the order of arrays. */
  private void transpose(float[] from, float[] to, int first) {
    int positions = shape.positions();
    int channels = shape.channels();
    for (int channel = 0, at = first; channel < channels; channel++) {
      for (int position = 0, i = channel; position < positions; position++, i += channels) {
        to[at++] = from[i];
      }
    }
  }

  /** Sets sums to those over all steps. */
  private static void add(float[] values, float[] sums) {
    System.arraycopy(values, 0, sums, 0, sums.length);
    for (int first = sums.length; first < values.length; first += sums.length) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += values[first + i];
      }
    }
  }
}
