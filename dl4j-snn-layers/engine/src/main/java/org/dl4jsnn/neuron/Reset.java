package org.dl4jsnn.neuron;

import java.io.Serializable;
import java.util.Objects;
import org.dl4jsnn.internal.Require;

/**
 * What happens to the membrane potential of a neuron that fired (equation 4 of
 * docs/mathematics.md).
 *
 * <pre>{@code
 * SpikingDense layer = new SpikingDense.Builder().nOut(100).reset(Reset.bySubtraction()).build();
 * }</pre>
 *
 * <ul>
 *   <li>{@link #toZero()}: hard reset, the excess above the threshold is lost (the published
 *       method).
 *   <li>{@link #to(double)}: hard reset to another value.
 *   <li>{@link #bySubtraction()}: soft reset, the threshold is subtracted and the excess kept.
 * </ul>
 */
public final class Reset implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final Reset TO_ZERO = new Reset(false, 0);
  private static final Reset BY_SUBTRACTION = new Reset(true, 0);

  /** Whether the threshold is subtracted. */
  private final boolean subtractive;

  /** The membrane potential after a hard reset. */
  private final double value;

  private Reset(boolean subtractive, double value) {
    this.subtractive = subtractive;
    this.value = Require.finite("reset value", value);
    Require.finite("reset value in single precision", (float) value);
  }

  /** {@return the hard reset to zero} */
  public static Reset toZero() {
    return TO_ZERO;
  }

  /**
   * Hard reset to a value.
   *
   * @param value the membrane potential after a spike; finite, at most the neuron's threshold
   * @return the reset
   * @throws IllegalArgumentException if the value is not finite
   */
  public static Reset to(double value) {
    return new Reset(false, value);
  }

  /** {@return the soft reset: the threshold is subtracted from the membrane potential} */
  public static Reset bySubtraction() {
    return BY_SUBTRACTION;
  }

  /**
   * {@return whether the threshold is subtracted; otherwise the membrane is set to {@link
   * #value()}}
   */
  public boolean isSubtractive() {
    return subtractive;
  }

  /** {@return the membrane potential after a spike under a hard reset; 0 for a soft one} */
  public double value() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reset that
        && subtractive == that.subtractive
        && Double.compare(value, that.value) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(subtractive, value);
  }

  @Override
  public String toString() {
    return subtractive ? "by subtraction" : "to " + value;
  }
}
