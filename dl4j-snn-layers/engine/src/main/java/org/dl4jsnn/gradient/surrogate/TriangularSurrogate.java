package org.dl4jsnn.gradient.surrogate;

/**
 * max(0, 1 − |x|/a) / a (equation 17 of docs/mathematics.md).
 *
 * <p>Source: Bellec et al., "Long short-term memory and learning-to-learn in networks of spiking
 * neurons", NeurIPS 2018, arXiv 1803.09574, there with a = θ and an additional damping factor.
 */
public final class TriangularSurrogate extends Surrogate {

  private static final long serialVersionUID = 1L;

  /**
   * Creates a surrogate.
   *
   * @param width a, the distance from the threshold at which it ends; positive and finite
   * @throws IllegalArgumentException if the width is invalid
   */
  public TriangularSurrogate(double width) {
    super(width);
  }

  /**
   * Creates a surrogate from its slope: a = 1/α.
   *
   * @param slope α, the height of the peak, as in {@code PiecewiseQuadratic} of SpikingJelly;
   *     positive and finite
   * @return the surrogate
   * @throws IllegalArgumentException if the slope is invalid
   */
  public static TriangularSurrogate ofSlope(double slope) {
    return new TriangularSurrogate(ofSlope(1, slope));
  }

  @Override
  public TriangularSurrogate withWidth(double width) {
    return new TriangularSurrogate(width);
  }

  @Override
  public double derivative(double distance) {
    return Math.max(0, 1 - Math.abs(distance) / width()) / width();
  }

  @Override
  public double smoothStep(double distance) {
    double missing = Math.max(0, 1 - Math.abs(distance) / width());
    double tail = missing * missing / 2;
    return distance < 0 ? tail : 1 - tail;
  }
}
