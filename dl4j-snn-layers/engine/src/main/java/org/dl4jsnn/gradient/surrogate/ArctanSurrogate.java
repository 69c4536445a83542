package org.dl4jsnn.gradient.surrogate;

/**
 * 1 / (a · (1 + (πx/a)²)) (equation 19 of docs/mathematics.md).
 *
 * <p>Source: Fang et al., "Incorporating Learnable Membrane Time Constant to Enhance Learning of
 * Spiking Neural Networks", ICCV 2021, arXiv 2007.05785, with a = 2/α.
 */
public final class ArctanSurrogate extends Surrogate {

  private static final long serialVersionUID = 1L;

  /**
   * Creates a surrogate.
   *
   * @param width a = 2/α; positive and finite
   * @throws IllegalArgumentException if the width is invalid
   */
  public ArctanSurrogate(double width) {
    super(width);
  }

  /**
   * Creates a surrogate from its slope: a = 2/α.
   *
   * @param slope α, as in {@code surrogate.atan} of snnTorch and {@code ATan} of SpikingJelly;
   *     positive and finite
   * @return the surrogate
   * @throws IllegalArgumentException if the slope is invalid
   */
  public static ArctanSurrogate ofSlope(double slope) {
    return new ArctanSurrogate(ofSlope(2, slope));
  }

  @Override
  public ArctanSurrogate withWidth(double width) {
    return new ArctanSurrogate(width);
  }

  @Override
  public double derivative(double distance) {
    double scaled = Math.PI * distance / width();
    return 1 / (width() * (1 + scaled * scaled));
  }

  @Override
  public void derivatives(float[] distances, float[] derivatives) {
    float width = (float) width();
    float scale = (float) (Math.PI / width());
    for (int i = 0; i < distances.length; i++) {
      float scaled = scale * distances[i];
      derivatives[i] = 1 / (width * (1 + scaled * scaled));
    }
  }

  @Override
  public double smoothStep(double distance) {
    return 0.5 + Math.atan(Math.PI * distance / width()) / Math.PI;
  }
}
