package org.dl4jsnn.gradient.surrogate;

/** See {@link Surrogate#fastSigmoid}; saved networks name the class. */
final class FastSigmoidSurrogate extends Surrogate {

  private static final long serialVersionUID = 1L;

  FastSigmoidSurrogate(double width) {
    super(width);
  }

  @Override
  public Surrogate withWidth(double width) {
    return new FastSigmoidSurrogate(width);
  }

  @Override
  public double derivative(double distance) {
    double scaled = 1 + Math.abs(distance) / width();
    return 1 / (2 * width() * scaled * scaled);
  }

  @Override
  public double smoothStep(double distance) {
    double scaled = distance / width();
    return 0.5 * (1 + scaled / (1 + Math.abs(scaled)));
  }
}
