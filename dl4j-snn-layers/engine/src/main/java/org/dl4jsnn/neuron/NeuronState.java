package org.dl4jsnn.neuron;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.Require;

/**
 * The state of a layer's neurons between two steps, for every sample of a minibatch: where a
 * simulation starts, and what it leaves for the next piece of the same window. A window simulated
 * in one piece fires the same spikes as in any number of pieces that hand on their state.
 * Immutable.
 */
public final class NeuronState {

  private static final NeuronState AT_REST = new NeuronState(null);

  /** [sample][variable][neuron]; null before the first step. */
  private final double[][][] values;

  private NeuronState(double[][][] values) {
    this.values = values;
  }

  /**
   * {@return the state before the first step of a window, when every variable has its initial
   * value, for any number of samples}
   */
  public static NeuronState atRest() {
    return AT_REST;
  }

  /**
   * {@return a state with the given values; the arrays are not copied}
   *
   * @param values [sample][variable][neuron], neurons in order of position and channel; finite in
   *     single precision
   */
  public static NeuronState of(double[][][] values) {
    return new NeuronState(Require.given("values of a state", values));
  }

  /** {@return whether no step has been simulated yet; true for {@link #atRest()}} */
  public boolean isAtRest() {
    return values == null;
  }

  /**
   * Number of samples.
   *
   * @return the size of the minibatch
   * @throws IllegalStateException before the first step, when the state fits any number of samples
   */
  public int minibatch() {
    requireNumbers();
    return values.length;
  }

  /**
   * A state variable of one sample.
   *
   * @param sample index of the sample
   * @param variable which, as {@link NeuronDynamics#variables} counts them
   * @return its value for every neuron, in order of position and channel; not to be written to
   * @throws IllegalStateException before the first step, when the state has no numbers
   */
  public double[] variable(int sample, int variable) {
    requireNumbers();
    return values[sample][variable];
  }

  private void requireNumbers() {
    if (isAtRest()) {
      throw new IllegalStateException(
          "the state before the first step has no numbers; see StateVariable.initial()");
    }
  }

  /**
   * Checks that this state fits the given neurons.
   *
   * @param dynamics the neuron
   * @param minibatch number of samples
   * @param neurons number of neurons
   * @throws IllegalArgumentException if its size differs, or a number is not finite in single
   *     precision
   */
  public void requireOf(NeuronDynamics dynamics, int minibatch, int neurons) {
    if (isAtRest()) {
      return;
    }
    List<StateVariable> variables = dynamics.variables();
    require(values.length == minibatch, "samples", minibatch, values.length);
    for (double[][] sample : values) {
      require(sample.length == variables.size(), "variables", variables.size(), sample.length);
      for (int k = 0; k < sample.length; k++) {
        require(sample[k].length == neurons, "neurons", neurons, sample[k].length);
        String what = variables.get(k).name() + " of a state in single precision";
        for (double value : sample[k]) {
          Require.finite(what, (float) value);
        }
      }
    }
  }

  private static void require(boolean holds, String what, int expected, int actual) {
    Require.not(
        !holds,
        "state must have %s %s, got %s. Possible cause: it belongs to another"
            + " layer or minibatch; rnnClearPreviousState() starts a new stream",
        expected,
        what,
        actual);
  }

  /** {@return the largest magnitude of any number; 0 before the first step} */
  public double largest() {
    double largest = 0;
    for (double[][] sample : isAtRest() ? new double[0][][] : values) {
      for (double[] variable : sample) {
        for (double value : variable) {
          largest = Math.max(largest, Math.abs(value));
        }
      }
    }
    return largest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NeuronState that && Arrays.deepEquals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }

  @Override
  public String toString() {
    return isAtRest() ? "at rest" : "state of " + values.length + " samples";
  }
}
