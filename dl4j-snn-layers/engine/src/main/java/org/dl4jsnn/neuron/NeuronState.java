package org.dl4jsnn.neuron;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dl4jsnn.Internal;
import org.dl4jsnn.internal.Magnitudes;
import org.dl4jsnn.internal.Precision;
import org.dl4jsnn.internal.Require;

/**
 * The state of a layer's neurons between two steps, for every sample of a minibatch: where a
 * simulation starts, and what it leaves for the next piece of the same window. A window simulated
 * in one piece fires the same spikes as in any number of pieces that hand on their state.
 * Immutable.
 */
public final class NeuronState {

  private static final NeuronState AT_REST = new NeuronState(new Variable[0][]);

  /** [sample][variable]; none before the first step. */
  private final Variable[][] values;

  private NeuronState(Variable[][] values) {
    this.values = values;
  }

  /**
   * A variable of every neuron: in single precision, as most neurons are simulated, so that their
   * state is handed on without a copy, or in double precision.
   */
  private static final class Variable {

    private final double[] doubles;
    private final float[] singles;

    /** Computed at the first call. */
    private volatile double largest = -1;

    Variable(double[] doubles, float[] singles) {
      this.doubles = doubles;
      this.singles = singles;
    }

    int length() {
      return singles == null ? doubles.length : singles.length;
    }

    double[] inDouble() {
      return singles == null ? doubles : Precision.doubles(singles);
    }

    float[] inSingle() {
      return singles == null ? Precision.singles(doubles) : singles;
    }

    /** NaN or infinite if a value in single precision is. */
    double largest() {
      double known = largest;
      if (known == -1) {
        known = Magnitudes.largest(inSingle());
        largest = known;
      }
      return known;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Variable that && Arrays.equals(inDouble(), that.inDouble());
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(inDouble());
    }
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
    return new NeuronState(
        Stream.of(Require.given("values of a state", values))
            .map(
                sample ->
                    Stream.of(sample).map(of -> new Variable(of, null)).toArray(Variable[]::new))
            .toArray(Variable[][]::new));
  }

  /**
   * {@return a state in single precision; the arrays are not copied}
   *
   * @param values [sample][variable][neuron]
   */
  @Internal
  public static NeuronState ofSingles(float[][][] values) {
    return new NeuronState(
        Stream.of(values)
            .map(
                sample ->
                    Stream.of(sample).map(of -> new Variable(null, of)).toArray(Variable[]::new))
            .toArray(Variable[][]::new));
  }

  /**
   * The state of one sample in single precision.
   *
   * @param sample index of the sample
   * @return [variable][neuron], not to be written to; null before the first step
   */
  @Internal
  public float[][] singles(int sample) {
    return isAtRest()
        ? null
        : Stream.of(values[sample]).map(Variable::inSingle).toArray(float[][]::new);
  }

  /**
   * {@return the state of some of the samples, in a given order}
   *
   * @param samples their indices
   */
  @Internal
  public NeuronState ofSamples(int... samples) {
    return isAtRest()
        ? this
        : new NeuronState(
            IntStream.of(samples).mapToObj(i -> values[i]).toArray(Variable[][]::new));
  }

  /** {@return whether no step has been simulated yet; true for {@link #atRest()}} */
  public boolean isAtRest() {
    return this == AT_REST;
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
    return values[sample][variable].inDouble();
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
    for (Variable[] sample : values) {
      require(sample.length == variables.size(), "variables", variables.size(), sample.length);
      for (int k = 0; k < sample.length; k++) {
        require(sample[k].length() == neurons, "neurons", neurons, sample[k].length());
        Require.finite(
            variables.get(k).name() + " of a state in single precision", sample[k].largest());
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
    return Stream.of(values).flatMap(Stream::of).mapToDouble(Variable::largest).max().orElse(0);
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
