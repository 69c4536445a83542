package org.dl4jsnn.encode;

import java.util.Arrays;
import org.dl4jsnn.internal.Require;

/**
 * What an encoder carries from one piece of a stream to the next: the number of steps so far, and
 * the values it remembers for every sample. Immutable.
 */
public final class EncoderState {

  private static final EncoderState AT_START = new EncoderState(0, null);

  private final long steps;

  /** [sample][k]; null for an encoder that remembers nothing. */
  private final double[][] values;

  private EncoderState(long steps, double[][] values) {
    this.steps = steps;
    this.values = values;
  }

  /** {@return the state before the first step of a stream, for any number of samples} */
  public static EncoderState atStart() {
    return AT_START;
  }

  /**
   * {@return a state with the given values}
   *
   * @param steps steps so far, not negative
   * @param values [sample][k]; not copied. Null if the encoder remembers nothing
   * @throws IllegalArgumentException if the number of steps is negative, or a value is not finite
   */
  public static EncoderState of(long steps, double[][] values) {
    Require.not(steps < 0, "steps of a stream must not be negative, got %s", steps);
    if (values != null) {
      for (double[] sample : values) {
        for (double value : sample) {
          Require.finite("value of an encoder's state", value);
        }
      }
    }
    return new EncoderState(steps, values);
  }

  /**
   * {@return the state some steps later, for an encoder that remembers nothing else}
   *
   * @param more number of steps
   */
  public EncoderState after(int more) {
    return new EncoderState(Math.addExact(steps, more), values);
  }

  /**
   * This state, for an encoder that remembers nothing; refuses, by an IllegalArgumentException, the
   * values of another encoder.
   */
  EncoderState withoutValues(SpikeEncoder encoder) {
    Require.not(
        values != null,
        "state of %s must have no values, got some. Possible cause: the state of"
            + " another encoding",
        encoder);
    return this;
  }

  /** {@return whether no step has been encoded yet; true for {@link #atStart()}} */
  public boolean isAtStart() {
    return steps == 0;
  }

  /** {@return steps encoded so far, which is the index of the next piece's first step} */
  public long steps() {
    return steps;
  }

  /**
   * {@return what the encoder remembers: [sample][k], not to be written to; null if it remembers
   * nothing}
   */
  public double[][] values() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EncoderState that
        && steps == that.steps
        && Arrays.deepEquals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(steps) + Arrays.deepHashCode(values);
  }

  @Override
  public String toString() {
    return "after " + steps + " steps";
  }
}
