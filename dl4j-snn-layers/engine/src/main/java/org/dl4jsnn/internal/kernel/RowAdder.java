package org.dl4jsnn.internal.kernel;

/** Adds a row of weights to the membranes of one position. Thread-safe. */
@FunctionalInterface
public interface RowAdder {

  /**
   * Adds {@code amplitude · rows[from + k]} to {@code membrane[to + k]}, for every k below the
   * count; the product is rounded before it is added.
   */
  void add(float amplitude, float[] rows, int from, float[] membrane, int to, int count);
}
