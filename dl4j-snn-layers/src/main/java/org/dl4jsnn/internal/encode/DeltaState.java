package org.dl4jsnn.internal.encode;

import java.util.Arrays;

/**
 * What delta coding remembers between two steps: for every feature of every sample the reference
 * that the signal is compared with. A value; nothing changes it.
 *
 * <p>A reference is kept as the signal's first value and a whole number of thresholds above it, so
 * it does not drift even in long streams.
 */
public final class DeltaState {

  private static final DeltaState BEFORE_FIRST_STEP = new DeltaState(new float[0], new double[0]);

  private final float[] origins;
  private final double[] levels;

  /**
   * Creates a state; the arrays are not copied.
   *
   * @param origins first values, sample by sample in the order of arrays
   * @param levels the references, in thresholds above the first values
   */
  DeltaState(float[] origins, double[] levels) {
    this.origins = origins;
    this.levels = levels;
  }

  /**
   * Before the first step the first value of a signal becomes its reference.
   *
   * @return the state, of any number of signals
   */
  public static DeltaState beforeFirstStep() {
    return BEFORE_FIRST_STEP;
  }

  /**
   * A state by its values.
   *
   * @param values of every sample the first values, then the thresholds above them; null before the
   *     first step
   * @return the state
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
      if (values[sample].length != 2 * signals) {
        throw new IllegalArgumentException(
            "values of delta coding must be two a signal, got " + values[sample].length);
      }
      for (int i = 0; i < signals; i++) {
        origins[sample * signals + i] = (float) values[sample][i];
        levels[sample * signals + i] = values[sample][signals + i];
      }
    }
    return new DeltaState(origins, levels);
  }

  /**
   * The values, as {@link #of} takes them.
   *
   * @param minibatch samples
   * @return [sample][k]
   */
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

  /**
   * Whether there was a step.
   *
   * @return false of {@link #beforeFirstStep()}
   */
  public boolean hasBegun() {
    return origins.length > 0;
  }

  /** First values; not to be written to. */
  float[] origins() {
    return origins;
  }

  /** The references, in thresholds above the first values; not to be written to. */
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
