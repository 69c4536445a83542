package org.dl4jsnn.internal.kernel;

import org.dl4jsnn.spike.FeatureShape;

/** Refuses values that overflow single precision. */
public final class FiniteMembrane {

  private FiniteMembrane() {}

  /** Checks a number of a neuron. Throws an IllegalArgumentException if it is infinite or NaN. */
  public static void require(
      String what, float value, FeatureShape shape, int neuron, int step, int sample) {
    if (!Float.isFinite(value)) {
      throw new IllegalArgumentException(
          what
              + " must be finite in single precision, got "
              + value
              + " in neuron "
              + shape.arrayIndex(neuron)
              + " at step "
              + step
              + " of sample "
              + sample
              + ". Possible cause: weights or inputs are too large, or training diverged; lower the"
              + " learning rate");
    }
  }
}
