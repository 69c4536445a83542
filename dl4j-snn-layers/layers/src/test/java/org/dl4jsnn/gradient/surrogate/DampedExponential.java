package org.dl4jsnn.gradient.surrogate;

/** A two-sided exponential times a number, as golden vectors of other programs use it. */
public final class DampedExponential extends Surrogate {

  private static final long serialVersionUID = 1L;

  private final double factor;

  /** {@code factor · exp(−|x| / width) / (2 · width)}. */
  public DampedExponential(double width, double factor) {
    super(width);
    this.factor = factor;
  }

  @Override
  public Surrogate withWidth(double width) {
    return new DampedExponential(width, factor);
  }

  @Override
  public double derivative(double distance) {
    return factor * Math.exp(-Math.abs(distance) / width()) / (2 * width());
  }

  @Override
  public double smoothStep(double distance) {
    throw new UnsupportedOperationException("not needed");
  }
}
