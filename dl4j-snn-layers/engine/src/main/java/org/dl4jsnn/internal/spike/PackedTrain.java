package org.dl4jsnn.internal.spike;

import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/** A train in memory of its own, which counts its events at the first call. */
abstract class PackedTrain implements SpikeTrain {

  final FeatureShape shape;
  final int steps;
  private volatile double density = Double.NaN;

  PackedTrain(FeatureShape shape, int steps) {
    this.shape = shape;
    this.steps = steps;
  }

  /** The number of events of all samples and steps. */
  abstract long events();

  @Override
  public final FeatureShape shape() {
    return shape;
  }

  @Override
  public final int steps() {
    return steps;
  }

  @Override
  public final double density() {
    double known = density;
    if (Double.isNaN(known)) {
      known = (double) events() / steps / ((long) minibatch() * shape.neurons());
      density = known;
    }
    return known;
  }
}
