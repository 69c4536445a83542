package org.dl4jsnn.gradient.surrogate;

import java.io.Serializable;
import org.dl4jsnn.internal.Require;

/**
 * A surrogate gradient: replaces the derivative of a spike with respect to x = u − θ, the membrane
 * potential's distance from the threshold. The true derivative is zero or infinite.
 *
 * <p>Every surrogate is the derivative of a smooth step from 0 to 1, so all have area 1 and differ
 * only in width a and shape (equations 16 to 20 of docs/mathematics.md). The constructor takes the
 * width; {@code ofSlope} takes a slope, as other libraries do, which is large where the width is
 * small.
 *
 * <ul>
 *   <li>{@link RectangularSurrogate}: constant within a window.
 *   <li>{@link TriangularSurrogate}: falls off linearly.
 *   <li>{@link SigmoidSurrogate}: derivative of the logistic function.
 *   <li>{@link ArctanSurrogate}: wide tails.
 *   <li>{@link FastSigmoidSurrogate}: wide tails, a peak at the threshold.
 * </ul>
 *
 * Immutable.
 */
public abstract class Surrogate implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final double NARROWEST = 1e-30;
  private static final double WIDEST = 1e30;

  /** a. */
  private final double width;

  /**
   * Creates a surrogate.
   *
   * @param width a; positive and finite
   * @throws IllegalArgumentException if the width is invalid
   */
  Surrogate(double width) {
    this.width = Require.positiveFinite("surrogate width", width);
    Require.positiveFinite("surrogate width in single precision", (float) width);
    Require.positiveFinite("1 / surrogate width in single precision", (float) (1 / width));
  }

  /** The width for a slope as other libraries count it: a number of widths per slope. */
  static double ofSlope(double widths, double slope) {
    return widths / Require.positiveFinite("surrogate slope", slope);
  }

  /**
   * The width.
   *
   * @return a
   */
  public final double width() {
    return width;
  }

  /**
   * The same formula with another width.
   *
   * @param width a; positive and finite
   * @return the surrogate
   * @throws IllegalArgumentException if the width is invalid
   */
  public abstract Surrogate withWidth(double width);

  /**
   * The same formula with this width times a threshold, limited to the range 1e-30 to 1e30, where
   * gradients fit into single precision.
   *
   * @param threshold θ; positive and finite
   * @return the surrogate
   */
  public final Surrogate inThresholds(double threshold) {
    return withWidth(Math.min(WIDEST, Math.max(NARROWEST, width * threshold)));
  }

  /**
   * The surrogate gradient.
   *
   * @param distance x = u − θ
   * @return ∂s/∂u, at least 0
   */
  public abstract double derivative(double distance);

  /**
   * The surrogate gradients of many neurons, in single precision; equal to {@link #derivative}
   * within 1e-5 of the largest value.
   *
   * @param distances x = u − θ of every neuron
   * @param derivatives where to write ∂s/∂u of every neuron
   */
  public void derivatives(float[] distances, float[] derivatives) {
    for (int i = 0; i < distances.length; i++) {
      derivatives[i] = (float) derivative(distances[i]);
    }
  }

  /**
   * The smooth step whose derivative this is.
   *
   * @param distance x = u − θ
   * @return from 0, far below the threshold, to 1, far above
   */
  public abstract double smoothStep(double distance);

  @Override
  public final boolean equals(Object other) {
    return other instanceof Surrogate that
        && getClass() == that.getClass()
        && Double.compare(width, that.width) == 0;
  }

  @Override
  public final int hashCode() {
    return 31 * getClass().hashCode() + Double.hashCode(width);
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + " of width " + width;
  }
}
