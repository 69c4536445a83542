package org.dl4jsnn.gradient.surrogate;

/** See {@link Surrogate#sigmoid}; saved networks name the class. */
final class SigmoidSurrogate extends Surrogate {

  private static final long serialVersionUID = 1L;
  private static final int POWER = 64;

  /** Below this the polynomial no longer approximates exp. */
  private static final float LEAST = -1;

  /** Above exp(64 · −1), so that far from the threshold the gradient is exactly zero. */
  private static final float NOTHING = 1e-27f;

  private static final float C2 = 1f / 2;
  private static final float C3 = 1f / 6;
  private static final float C4 = 1f / 24;
  private static final float C5 = 1f / 120;

  SigmoidSurrogate(double width) {
    super(width);
  }

  @Override
  public Surrogate withWidth(double width) {
    return new SigmoidSurrogate(width);
  }

  @Override
  public double derivative(double distance) {
    double step = smoothStep(distance);
    return step * (1 - step) / width();
  }

  /**
   * With e = exp(−|x|/a), the gradient is e / (a · (1 + e)²). The exponential is the 64th power of
   * a polynomial, which the JVM vectorises; the relative error is below 4e-5 down to exp(−16), and
   * smaller values are negligible.
   */
  @Override
  public void derivatives(float[] distances, float[] derivatives) {
    float scale = (float) (-1 / (POWER * width()));
    float perWidth = (float) (1 / width());
    for (int i = 0; i < distances.length; i++) {
      float y = Math.max(LEAST, scale * Math.abs(distances[i]));
      float e = 1 + y * (1 + y * (C2 + y * (C3 + y * (C4 + y * C5))));
      e *= e;
      e *= e;
      e *= e;
      e *= e;
      e *= e;
      e *= e;
      e = Math.max(0, e - NOTHING);
      derivatives[i] = perWidth * e / ((1 + e) * (1 + e));
    }
  }

  @Override
  public double smoothStep(double distance) {
    return 1 / (1 + Math.exp(-distance / width()));
  }
}
