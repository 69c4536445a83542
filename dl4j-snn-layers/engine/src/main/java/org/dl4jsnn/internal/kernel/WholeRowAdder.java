package org.dl4jsnn.internal.kernel;

/** Adds rows of weights in any order, if they are multiples of powers of two. Thread-safe. */
@FunctionalInterface
public interface WholeRowAdder {

  /** 1.5 · 2²³: the sum with a number below 2²² has no bits after the point. */
  float ROUNDING = 0x1.8p23f;

  /** So many times its power of two a weight must be less than. */
  double LARGEST = 1 << 22;

  /**
   * Adds {@code row[k]} to {@code sums[k]} and its magnitude to {@code magnitudes[k]}, for every k
   * below the count.
   *
   * @param rounding {@link #ROUNDING} times a power of two, for every weight
   * @return whether each weight is a multiple of its power of two; false for weights that are not
   *     finite; unknown for one of 2²² times its power of two or more
   */
  boolean add(float[] row, float[] rounding, float[] sums, float[] magnitudes, int count);
}
