package org.dl4jsnn.internal.memory;

import java.util.Locale;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/** Refuses windows that cannot be simulated, before memory is allocated for them. */
public final class SpikeTrainMemory {

  /** Spikes are counted in single precision, which is exact up to here. */
  public static final int MOST_STEPS = 1 << 24;

  private static final double MB = 1 << 20;

  /** Slightly less than the largest array, as in Java's own collections. */
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private SpikeTrainMemory() {}

  /**
   * Checks a number of steps. Throws an IllegalArgumentException if it is below 1, or too large for
   * spikes to be counted.
   */
  public static int requireSteps(int steps) {
    Require.atLeast("steps", steps, 1);
    Require.not(
        steps > MOST_STEPS,
        "steps must be at most %s, beyond which single precision does not count"
            + " spikes exactly, got %s",
        MOST_STEPS,
        steps);
    return steps;
  }

  /**
   * Checks that the bit-packed spikes of a minibatch fit into memory. Throws an
   * IllegalArgumentException if they do not fit.
   */
  public static void requirePacked(int minibatch, FeatureShape shape, int steps) {
    BitLayout layout = BitLayout.of(shape);
    double words = (double) layout.perStep() * steps;
    require(minibatch, shape, steps, words, words * minibatch);
  }

  /**
   * Checks that a list of spikes fits into memory. Throws an IllegalArgumentException if they do
   * not fit.
   */
  public static void requireListed(
      int minibatch, FeatureShape shape, int steps, double largest, double all) {
    require(minibatch, shape, steps, largest, all + (double) steps * minibatch);
  }

  /**
   * Checks that graded spikes of all neurons at every step fit into memory. Throws an
   * IllegalArgumentException if they do not fit.
   */
  public static void requireDense(int minibatch, FeatureShape shape, int steps) {
    double ofSample = (double) shape.neurons() * steps;
    require(minibatch, shape, steps, ofSample, ofSample * minibatch);
  }

  /**
   * {@return whether a list of spikes fits into memory even if every neuron fires at every step;
   * false if {@link #requireListed} must count the spikes}
   */
  public static boolean fitsAnyList(int minibatch, FeatureShape shape, int steps) {
    double ofSample = (double) shape.neurons() * steps;
    return fits(ofSample, (ofSample + steps) * minibatch);
  }

  private static boolean fits(double largest, double words) {
    return words * Integer.BYTES <= Heap.most() && largest <= LARGEST_ARRAY;
  }

  private static void require(
      int minibatch, FeatureShape shape, int steps, double largest, double words) {
    if (!fits(largest, words)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "steps must be few enough for memory, got %d: the spikes of %d samples of %s neurons"
                  + " take %,.0f MB, at most %,.0f MB per sample; the heap may grow to %,.0f MB. Use"
                  + " fewer steps, smaller minibatches or a larger heap (-Xmx)",
              steps,
              minibatch,
              shape,
              words * Integer.BYTES / MB,
              LARGEST_ARRAY * (double) Integer.BYTES / MB,
              Heap.most() / MB));
    }
  }
}
