package org.dl4jsnn.encode;

import java.util.Arrays;

/**
 * What a {@link DeltaEncoder} remembers between two steps: for every feature of every sample the
 * reference that the signal is compared with. A value; nothing changes it.
 *
 * <p>A reference is kept as the signal's first value and a whole number of thresholds above it, so
 * that it does not drift however long the stream.
 */
public final class DeltaState {

  private static final DeltaState BEFORE_FIRST_STEP =
      new DeltaState(new float[0], new double[0], false);

  private final float[] origins;
  private final double[] levels;
  private final boolean begun;

  private DeltaState(float[] origins, double[] levels, boolean begun) {
    this.origins = origins;
    this.levels = levels;
    this.begun = begun;
  }

  /**
   * Before the first step, of any number of samples: the first value of a signal becomes its
   * reference.
   *
   * @return the state
   */
  public static DeltaState beforeFirstStep() {
    return BEFORE_FIRST_STEP;
  }

  /**
   * A state; the arrays are taken over, not copied.
   *
   * @param origins first values, sample by sample in the order of arrays
   * @param levels thresholds by which the references are above them
   */
  static DeltaState of(float[] origins, double[] levels) {
    return new DeltaState(origins, levels, true);
  }

  /**
   * Whether there was a step.
   *
   * @return false before the first step
   */
  public boolean hasBegun() {
    return begun;
  }

  /** First values; not to be written to. */
  float[] origins() {
    return origins;
  }

  /** Thresholds above them; not to be written to. */
  double[] levels() {
    return levels;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DeltaState that
        && begun == that.begun
        && Arrays.equals(origins, that.origins)
        && Arrays.equals(levels, that.levels);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(origins) + Arrays.hashCode(levels);
  }

  @Override
  public String toString() {
    return begun ? "references of " + origins.length + " features" : "before the first step";
  }
}
