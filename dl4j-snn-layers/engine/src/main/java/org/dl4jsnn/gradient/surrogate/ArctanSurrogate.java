package org.dl4jsnn.gradient.surrogate;

/** See {@link Surrogate#arctan}; saved networks name the class. */
final class ArctanSurrogate extends Surrogate {

  private static final long serialVersionUID = 1L;

  ArctanSurrogate(double width) {
    super(width);
  }

  @Override
  public Surrogate withWidth(double width) {
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
