package org.dl4jsnn.gradient.surrogate;

import java.io.Serializable;
import org.dl4jsnn.internal.Require;

/**
 * A surrogate gradient: replaces the derivative of a spike with respect to x = u − θ, the membrane
 * potential's distance from the threshold. The true derivative is zero or infinite.
 *
 * <pre>{@code
 * Surrogate narrow = Surrogate.triangular(0.5);
 * Surrogate snnTorch = Surrogate.arctanOfSlope(2);
 * double largest = narrow.derivative(0); // at the threshold
 * BackpropRules.apply(configuration, new SpatioTemporalBackprop(narrow));
 * }</pre>
 *
 * <p>Every surrogate is the derivative of a smooth step from 0 to 1, so all have area 1 and differ
 * only in width a and shape (equations 16 to 20 of docs/mathematics.md). The constants of other
 * libraries are slopes, which are large where the width is small: {@link #sigmoidOfSlope} and the
 * like take them.
 *
 * <p>Immutable.
 */
public abstract class Surrogate implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final double NARROWEST = 1e-30;
  private static final double WIDEST = 1e30;

  /** a. */
  private final double width;

  /**
   * Creates a surrogate.
   *
   * @param width a; positive and finite
   * @throws IllegalArgumentException if the width is invalid
   */
  Surrogate(double width) {
    this.width = Require.positiveFinite("surrogate width", width);
    Require.positiveFinite("surrogate width in single precision", (float) width);
    Require.positiveFinite("1 / surrogate width in single precision", (float) (1 / width));
  }

  /**
   * {@return one that is constant within a window: 1/a where |x| &lt; a/2, otherwise 0 (equation
   * 16; Wu et al., "Spatio-Temporal Backpropagation for Training High-Performance Spiking Neural
   * Networks", Frontiers in Neuroscience 2018, doi 10.3389/fnins.2018.00331)}
   *
   * @param width a, the width of the window; positive and finite
   * @throws IllegalArgumentException if the width is invalid
   */
  public static Surrogate rectangular(double width) {
    return new RectangularSurrogate(width);
  }

  /**
   * The {@linkplain #rectangular same} from its slope.
   *
   * @param slope α, the height of the window, as in {@code Rect} of SpikingJelly; positive and
   *     finite
   * @return the surrogate of width 1/α
   * @throws IllegalArgumentException if the slope is invalid
   */
  public static Surrogate rectangularOfSlope(double slope) {
    return new RectangularSurrogate(ofSlope(1, slope));
  }

  /**
   * {@return one that falls off linearly: max(0, 1 − |x|/a) / a (equation 17; Bellec et al., "Long
   * short-term memory and learning-to-learn in networks of spiking neurons", NeurIPS 2018, arXiv
   * 1803.09574, there with a = θ and an additional damping factor)}
   *
   * @param width a, the distance from the threshold at which it ends; positive and finite
   * @throws IllegalArgumentException if the width is invalid
   */
  public static Surrogate triangular(double width) {
    return new TriangularSurrogate(width);
  }

  /**
   * The {@linkplain #triangular same} from its slope.
   *
   * @param slope α, the height of the peak, as in {@code PiecewiseQuadratic} of SpikingJelly;
   *     positive and finite
   * @return the surrogate of width 1/α
   * @throws IllegalArgumentException if the slope is invalid
   */
  public static Surrogate triangularOfSlope(double slope) {
    return new TriangularSurrogate(ofSlope(1, slope));
  }

  /**
   * {@return the derivative of the logistic function σ: σ(x/a) · (1 − σ(x/a)) / a (equation 18; a
   * surrogate of Wu et al. 2018, see {@link #rectangular})}
   *
   * @param width a = 1/α, with α the steepness in published code; positive and finite
   * @throws IllegalArgumentException if the width is invalid
   */
  public static Surrogate sigmoid(double width) {
    return new SigmoidSurrogate(width);
  }

  /**
   * The {@linkplain #sigmoid same} from its slope.
   *
   * @param slope α, as in {@code surrogate.sigmoid} of snnTorch and {@code Sigmoid} of
   *     SpikingJelly; positive and finite
   * @return the surrogate of width 1/α
   * @throws IllegalArgumentException if the slope is invalid
   */
  public static Surrogate sigmoidOfSlope(double slope) {
    return new SigmoidSurrogate(ofSlope(1, slope));
  }

  /**
   * Wide tails: 1 / (a · (1 + (πx/a)²)) (equation 19; Fang et al., "Incorporating Learnable
   * Membrane Time Constant to Enhance Learning of Spiking Neural Networks", ICCV 2021, arXiv
   * 2007.05785).
   *
   * @param width a = 2/α; positive and finite
   * @return the surrogate
   * @throws IllegalArgumentException if the width is invalid
   */
  public static Surrogate arctan(double width) {
    return new ArctanSurrogate(width);
  }

  /**
   * The {@linkplain #arctan same} from its slope.
   *
   * @param slope α, as in {@code surrogate.atan} of snnTorch and {@code ATan} of SpikingJelly;
   *     positive and finite
   * @return the surrogate of width 2/α
   * @throws IllegalArgumentException if the slope is invalid
   */
  public static Surrogate arctanOfSlope(double slope) {
    return new ArctanSurrogate(ofSlope(2, slope));
  }

  /**
   * Wide tails and a peak at the threshold: 1 / (2a · (1 + |x|/a)²) (equation 20; Zenke and
   * Ganguli, "SuperSpike: Supervised Learning in Multilayer Spiking Neural Networks", Neural
   * Computation 2018, doi 10.1162/neco_a_01086, where the peak is 1, not the area).
   *
   * @param width a = 1/β; positive and finite
   * @return the surrogate
   * @throws IllegalArgumentException if the width is invalid
   */
  public static Surrogate fastSigmoid(double width) {
    return new FastSigmoidSurrogate(width);
  }

  /**
   * The {@linkplain #fastSigmoid same} from its slope.
   *
   * @param slope β, as in {@code surrogate.fast_sigmoid} of snnTorch and {@code SuperSpike} of
   *     Norse, whose gradient is scaled to a peak of 1 (here β/2), and in {@code SoftSign} of
   *     SpikingJelly; positive and finite
   * @return the surrogate of width 1/β
   * @throws IllegalArgumentException if the slope is invalid
   */
  public static Surrogate fastSigmoidOfSlope(double slope) {
    return new FastSigmoidSurrogate(ofSlope(1, slope));
  }

  /** The width for a slope as other libraries count it: a number of widths per slope. */
  private static double ofSlope(double widths, double slope) {
    return widths / Require.positiveFinite("surrogate slope", slope);
  }

  /** {@return a, the width} */
  public final double width() {
    return width;
  }

  /**
   * {@return the same formula with another width}
   *
   * @param width a; positive and finite
   * @throws IllegalArgumentException if the width is invalid
   */
  public abstract Surrogate withWidth(double width);

  /**
   * {@return the same formula with this width times a threshold, limited to the range 1e-30 to
   * 1e30, where gradients fit into single precision}
   *
   * @param threshold θ; positive and finite
   */
  public final Surrogate inThresholds(double threshold) {
    return withWidth(Math.min(WIDEST, Math.max(NARROWEST, width * threshold)));
  }

  /**
   * {@return the distance from the threshold from which on the surrogate gradient is 0; infinite
   * for one with tails}
   */
  public double reach() {
    return Double.POSITIVE_INFINITY;
  }

  /**
   * {@return the surrogate gradient: ∂s/∂u, at least 0}
   *
   * @param distance x = u − θ
   */
  public abstract double derivative(double distance);

  /**
   * The surrogate gradients of many neurons, in single precision; equal to {@link #derivative}
   * within 1e-5 of the largest value.
   *
   * @param distances x = u − θ of every neuron
   * @param derivatives where to write ∂s/∂u of every neuron
   */
  public void derivatives(float[] distances, float[] derivatives) {
    for (int i = 0; i < distances.length; i++) {
      derivatives[i] = (float) derivative(distances[i]);
    }
  }

  /**
   * The smooth step whose derivative this is.
   *
   * @param distance x = u − θ
   * @return from 0, far below the threshold, to 1, far above
   */
  public abstract double smoothStep(double distance);

  @Override
  public final boolean equals(Object other) {
    return other instanceof Surrogate that
        && getClass() == that.getClass()
        && Double.compare(width, that.width) == 0;
  }

  @Override
  public final int hashCode() {
    return 31 * getClass().hashCode() + Double.hashCode(width);
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + " of width " + width;
  }
}
