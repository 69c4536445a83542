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

  @Override
  public double smoothStep(double distance) {
    return Math.max(0, Math.min(1, distance / width() + 0.5));
  }
}
