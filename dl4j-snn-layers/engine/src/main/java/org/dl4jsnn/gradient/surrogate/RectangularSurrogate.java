package org.dl4jsnn.gradient.surrogate;

/**
 * 1/a where |x| &lt; a/2, otherwise 0 (equation 16 of docs/mathematics.md).
 *
 * <p>Source: Wu et al., "Spatio-Temporal Backpropagation for Training High-Performance Spiking
 * Neural Networks", Frontiers in Neuroscience 2018, doi 10.3389/fnins.2018.00331.
 */
public final class RectangularSurrogate extends Surrogate {

  private static final long serialVersionUID = 1L;

  /**
   * Creates a surrogate.
   *
   * @param width a, the width of the window; positive and finite
   * @throws IllegalArgumentException if the width is invalid
   */
  public RectangularSurrogate(double width) {
    super(width);
  }

  /**
   * Creates a surrogate from its slope: a = 1/α.
   *
   * @param slope α, the height of the window, as in {@code Rect} of SpikingJelly; positive and
   *     finite
   * @return the surrogate
   * @throws IllegalArgumentException if the slope is invalid
   */
  public static RectangularSurrogate ofSlope(double slope) {
    return new RectangularSurrogate(ofSlope(1, slope));
  }

  @Override
  public RectangularSurrogate withWidth(double width) {
    return new RectangularSurrogate(width);
  }

  @Override
  public double derivative(double distance) {
    return Math.abs(distance) < width() / 2 ? 1 / width() : 0;
  }

  @Override
  public double smoothStep(double distance) {
    return Math.max(0, Math.min(1, distance / width() + 0.5));
  }
}
