package org.dl4jsnn.internal.encode;

import java.util.Arrays;
import org.dl4jsnn.internal.Require;

/**
 * The state of delta coding between two steps: the reference to which each feature of each sample
 * is compared. Immutable.
 *
 * <p>A reference is the signal's first value plus a whole number of thresholds, so it does not
 * drift in long streams.
 */
public final class DeltaState {

  private static final DeltaState BEFORE_FIRST_STEP = new DeltaState(new float[0], new double[0]);

  private final float[] origins;
  private final double[] levels;

  /**
   * Creates a state; the arrays are not copied.
   *
   * @param origins first values, sample by sample in array order
   * @param levels the number of thresholds by which the references are above them
   */
  DeltaState(float[] origins, double[] levels) {
    this.origins = origins;
    this.levels = levels;
  }

  /**
   * Before the first step the first value of a signal becomes its reference; the state, for any
   * number of signals.
   */
  public static DeltaState beforeFirstStep() {
    return BEFORE_FIRST_STEP;
  }

  /**
   * A state from its values.
   *
   * @param values for every sample the first values, then the thresholds above them; null before
   *     the first step
   * @throws IllegalArgumentException if the number of values is wrong
   */
  public static DeltaState of(double[][] values) {
    if (values == null) {
      return BEFORE_FIRST_STEP;
    }
    int signals = values.length == 0 ? 0 : values[0].length / 2;
    float[] origins = new float[values.length * signals];
    double[] levels = new double[origins.length];
    for (int sample = 0; sample < values.length; sample++) {
      Require.not(
          values[sample].length != 2 * signals,
          "values of delta coding must be two per signal, got %s",
          values[sample].length);
      for (int i = 0; i < signals; i++) {
        origins[sample * signals + i] = (float) values[sample][i];
        levels[sample * signals + i] = values[sample][signals + i];
      }
    }
    return new DeltaState(origins, levels);
  }

  /** {@return the values, as {@link #of} takes them: [sample][k]} */
  public double[][] values(int minibatch) {
    int signals = origins.length / minibatch;
    double[][] values = new double[minibatch][2 * signals];
    for (int sample = 0; sample < minibatch; sample++) {
      for (int i = 0; i < signals; i++) {
        values[sample][i] = origins[sample * signals + i];
        values[sample][signals + i] = levels[sample * signals + i];
      }
    }
    return values;
  }

  /** Whether a step was done; false for {@link #beforeFirstStep()}. */
  public boolean hasBegun() {
    return origins.length > 0;
  }

  /** First values; must not be modified. */
  float[] origins() {
    return origins;
  }

  /** Thresholds above them; must not be modified. */
  double[] levels() {
    return levels;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeltaState that
        && Arrays.equals(origins, that.origins)
        && Arrays.equals(levels, that.levels);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(origins) + Arrays.hashCode(levels);
  }

  @Override
  public String toString() {
    return hasBegun() ? "references of " + origins.length + " features" : "before the first step";
  }
}
