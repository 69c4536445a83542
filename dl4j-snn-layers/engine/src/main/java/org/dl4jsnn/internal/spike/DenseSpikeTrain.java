package org.dl4jsnn.internal.spike;

import org.dl4jsnn.internal.Magnitudes;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/** Graded spikes of nearly all neurons at every step, such as currents: an amplitude for each. */
public final class DenseSpikeTrain implements SpikeTrain {

  private final FeatureShape shape;
  private final int steps;

  /** For every sample the amplitudes, step by step, in order of position and channel. */
  private final float[][] amplitudes;

  /** Computed at the first call. */
  private volatile float[] totals;

  /** Creates a train from its amplitudes; the arrays are not copied. */
  public DenseSpikeTrain(FeatureShape shape, int steps, float[][] amplitudes) {
    this.shape = shape;
    this.steps = steps;
    this.amplitudes = amplitudes;
  }

  /** The amplitudes of a sample, step by step; not to be written to. */
  public float[] amplitudes(int sample) {
    return amplitudes[sample];
  }

  @Override
  public FeatureShape shape() {
    return shape;
  }

  @Override
  public int minibatch() {
    return amplitudes.length;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public boolean unitSpikes() {
    return false;
  }

  @Override
  public double density() {
    double events = 0;
    for (float[] sample : amplitudes) {
      for (float amplitude : sample) {
        events += amplitude == 0 ? 0 : 1;
      }
    }
    return events / steps / ((double) minibatch() * shape.neurons());
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
      known = new float[Math.multiplyExact(minibatch(), neurons)];
      float[] sum = new float[neurons];
      for (int sample = 0; sample < minibatch(); sample++) {
        System.arraycopy(amplitudes[sample], 0, sum, 0, neurons);
        for (int step = 1; step < steps; step++) {
          for (int i = 0, at = step * neurons; i < neurons; i++, at++) {
            sum[i] += amplitudes[sample][at];
          }
        }
        for (int i = 0; i < neurons; i++) {
          known[sample * neurons + shape.arrayIndex(i)] = sum[i];
        }
      }
      totals = known;
    }
    return known;
  }
}
