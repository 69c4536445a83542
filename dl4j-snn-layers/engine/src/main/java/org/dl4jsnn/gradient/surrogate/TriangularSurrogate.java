package org.dl4jsnn.gradient.surrogate;

/** See {@link Surrogate#triangular}; saved networks name the class. */
final class TriangularSurrogate extends Surrogate {

  private static final long serialVersionUID = 1L;

  TriangularSurrogate(double width) {
    super(width);
  }

  @Override
  public Surrogate withWidth(double width) {
    return new TriangularSurrogate(width);
  }

  @Override
  public double reach() {
    return width();
  }

  @Override
  public double derivative(double distance) {
    return Math.max(0, 1 - Math.abs(distance) / width()) / width();
  }

  @Override
  public void derivatives(float[] distances, float[] derivatives) {
    float slope = (float) (1 / width());
    for (int i = 0; i < distances.length; i++) {
      derivatives[i] = Math.max(0, 1 - Math.abs(distances[i]) * slope) * slope;
    }
  }

  @Override
  public double smoothStep(double distance) {
    double missing = Math.max(0, 1 - Math.abs(distance) / width());
    double tail = missing * missing / 2;
    return distance < 0 ? tail : 1 - tail;
  }
}
