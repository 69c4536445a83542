package org.dl4jsnn.internal.encode;

import org.dl4jsnn.spike.ConstantSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/** Direct encoding (equation 28 of docs/mathematics.md). */
public final class DirectTrains {

  private DirectTrains() {}

  /**
   * The currents of features.
   *
   * @param x features of all samples in array order; not copied
   * @throws IllegalArgumentException if a feature or a sum is not finite
   */
  public static SpikeTrain of(FeatureShape shape, float[] x, int steps, double gain) {
    HostFeatures.finite(x, shape.neurons());
    for (int i = 0; i < x.length; i++) {
      x[i] = current(x[i], steps, gain);
    }
    return new ConstantSpikeTrain(shape, steps, x);
  }

  private static float current(float feature, int steps, double gain) {
    float current = (float) (gain * feature);
    // The accumulated flow of the window must also fit single precision.
    if (!Float.isFinite(steps * current)) {
      throw new IllegalArgumentException(
          "steps · gain · feature must be finite in single precision, got "
              + steps
              + " · "
              + gain
              + " · "
              + feature
              + ". Possible cause: features that are not normalised");
    }
    return current;
  }
}
