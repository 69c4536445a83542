package org.dl4jsnn.spike;

import org.dl4jsnn.Internal;
import org.dl4jsnn.internal.FiniteFlow;
import org.dl4jsnn.internal.Magnitudes;

/**
 * A view of another train in which the amplitudes of every neuron are multiplied by a factor that
 * is the same at every step. It holds no spikes of its own, so its memory does not grow with T
 * beyond that of the other train.
 */
final class ScaledSpikeTrain implements SpikeTrain {

  private final SpikeTrain train;
  private final float[] factors;
  private final float[] totals;

  /** Computed at the first call. */
  private volatile double density = Double.NaN;

  /**
   * Creates a scaled train; the array is not copied.
   *
   * @param train the spikes
   * @param factors a factor for every sample and neuron, in the order of arrays; a neuron with
   *     factor 0 has no spikes
   * @throws IllegalArgumentException if a sum over the window overflows single precision
   */
  ScaledSpikeTrain(SpikeTrain train, float[] factors) {
    this.train = train;
    this.factors = factors;
    this.totals = train.totals().clone();
    for (int i = 0; i < totals.length; i++) {
      totals[i] *= factors[i];
    }
    FiniteFlow.require(totals, shape().neurons(), "factors that are too large");
  }

  @Override
  public FeatureShape shape() {
    return train.shape();
  }

  @Override
  public int minibatch() {
    return train.minibatch();
  }

  @Override
  public int steps() {
    return train.steps();
  }

  @Override
  public boolean unitSpikes() {
    return false;
  }

  @Override
  public double density() {
    double known = density;
    if (Double.isNaN(known)) {
      known = events() / steps() / totals.length;
      density = known;
    }
    return known;
  }

  private double events() {
    SpikeEvents events = new SpikeEvents(shape());
    double count = 0;
    for (int sample = 0; sample < minibatch(); sample++) {
      for (int step = 0; step < steps(); step++) {
        read(sample, step, events);
        count += events.size();
      }
    }
    return count;
  }

  @Override
  @Internal
  public float amplitudeBound() {
    return train.amplitudeBound() * Magnitudes.largest(factors);
  }

  @Override
  public void read(int sample, int step, SpikeEvents events) {
    train.read(sample, step, events);
    events.scale(factors, sample * shape().neurons());
  }

  @Override
  public float[] totals() {
    return totals;
  }
}
