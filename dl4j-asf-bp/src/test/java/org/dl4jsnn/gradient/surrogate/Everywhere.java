package org.dl4jsnn.gradient.surrogate;

/** A surrogate that does not say where it ends, so that its gradient is computed densely. */
public final class Everywhere extends Surrogate {

  private static final long serialVersionUID = 1L;

  private final Surrogate same;

  private Everywhere(double width, Surrogate same) {
    super(width);
    this.same = same;
  }

  /** The same numbers as another one. */
  public static Surrogate of(Surrogate same) {
    return new Everywhere(same.width(), same);
  }

  @Override
  public Surrogate withWidth(double width) {
    return of(same.withWidth(width));
  }

  @Override
  public double derivative(double distance) {
    return same.derivative(distance);
  }

  @Override
  public void derivatives(float[] distances, float[] derivatives) {
    same.derivatives(distances, derivatives);
  }

  @Override
  public double smoothStep(double distance) {
    return same.smoothStep(distance);
  }
}
