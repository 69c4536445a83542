package org.dl4jsnn.gradient.surrogate;

/** See {@link Surrogate#rectangular}; saved networks name the class. */
final class RectangularSurrogate extends Surrogate {

  private static final long serialVersionUID = 1L;

  RectangularSurrogate(double width) {
    super(width);
  }

  @Override
  public Surrogate withWidth(double width) {
    return new RectangularSurrogate(width);
  }

  @Override
  public double reach() {
    return width() / 2;
  }

  @Override
  public double derivative(double distance) {
    return Math.abs(distance) < width() / 2 ? 1 / width() : 0;
  }

  /**
   * Without a condition, which Java does not vectorise: with d what is left to the edge, d / (|d| +
   * ε) is 1 inside, 0 at the edge and −1 outside, since ε changes no |d| but 0.
   */
  @Override
  public void derivatives(float[] distances, float[] derivatives) {
    float edge = (float) (width() / 2);
    float half = (float) (0.5 / width());
    float tiny = edge * 0x1p-60f;
    for (int i = 0; i < distances.length; i++) {
      float left = edge - Math.abs(distances[i]);
      float sign = left / (Math.abs(left) + tiny);
      derivatives[i] = (sign + Math.abs(sign)) * half;
    }
  }

  @Override
  public double smoothStep(double distance) {
    return Math.max(0, Math.min(1, distance / width() + 0.5));
  }
}
