package org.dl4jsnn.gradient.surrogate;

/**
 * 1 / (2a · (1 + |x|/a)²) (equation 20 of docs/mathematics.md).
 *
 * <p>Source: Zenke and Ganguli, "SuperSpike: Supervised Learning in Multilayer Spiking Neural
 * Networks", Neural Computation 2018, doi 10.1162/neco_a_01086, with a = 1/β; there the peak is 1,
 * not the area.
 */
public final class FastSigmoidSurrogate extends Surrogate {

  private static final long serialVersionUID = 1L;

  /**
   * Creates a surrogate.
   *
   * @param width a = 1/β; positive and finite
   * @throws IllegalArgumentException if the width is invalid
   */
  public FastSigmoidSurrogate(double width) {
    super(width);
  }

  /**
   * Creates a surrogate from its slope: a = 1/β.
   *
   * @param slope β, as in {@code surrogate.fast_sigmoid} of snnTorch and {@code SuperSpike} of
   *     Norse, whose gradient is scaled to a peak of 1 (here β/2), and in {@code SoftSign} of
   *     SpikingJelly; positive and finite
   * @return the surrogate
   * @throws IllegalArgumentException if the slope is invalid
   */
  public static FastSigmoidSurrogate ofSlope(double slope) {
    return new FastSigmoidSurrogate(ofSlope(1, slope));
  }

  @Override
  public FastSigmoidSurrogate withWidth(double width) {
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
