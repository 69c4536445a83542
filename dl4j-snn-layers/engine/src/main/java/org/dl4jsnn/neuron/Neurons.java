package org.dl4jsnn.neuron;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.Internal;
import org.dl4jsnn.internal.Require;

/**
 * The neurons of a layer in one sample: their state variables, their parameters, and which of them
 * fired at the step. All arrays are in order of position and channel, and are live: {@link
 * NeuronDynamics#reset} writes to them. Not thread-safe; one per simulating task.
 */
public final class Neurons {

  private final float[][] variables;
  private final float[] initial;

  /** The parameters, and their values in single precision, [parameter][neuron]. */
  private final List<NeuronParameter> parameters;

  private final float[][] singles;
  private final int[] fired;
  private int firedCount;

  private Neurons(
      float[][] variables, float[] initial, List<NeuronParameter> parameters, float[][] singles) {
    this.variables = variables;
    this.initial = initial;
    this.parameters = parameters;
    this.singles = singles;
    this.fired = new int[variables[0].length];
  }

  /**
   * {@return neurons before their first step}
   *
   * @param dynamics the neuron
   * @param count number of neurons, at least 1
   * @param channels channels of the layer; divides the count
   * @throws IllegalArgumentException if the neuron has no state variable, or parameters for a
   *     different number of channels
   */
  @Internal
  public static Neurons of(NeuronDynamics dynamics, int count, int channels) {
    List<StateVariable> names = dynamics.variables();
    Require.not(
        names.isEmpty(),
        "a neuron must have at least one state variable, which takes the current,"
            + " got none of %s",
        dynamics);
    float[] initial = new float[names.size()];
    for (int k = 0; k < initial.length; k++) {
      initial[k] = (float) names.get(k).initial();
    }
    List<NeuronParameter> parameters = dynamics.parameters();
    float[][] singles = new float[parameters.size()][count];
    for (int p = 0; p < singles.length; p++) {
      double[] values = parameters.get(p).ofChannels(channels);
      for (int i = 0; i < count; i++) {
        singles[p][i] = (float) values[i % channels];
      }
    }
    Neurons neurons = new Neurons(new float[initial.length][count], initial, parameters, singles);
    neurons.start(null);
    return neurons;
  }

  /** {@return an independent copy in the same state} */
  @Internal
  public Neurons copy() {
    Neurons copy =
        new Neurons(new float[variables.length][variables[0].length], initial, parameters, singles);
    copy.start(variables);
    return copy;
  }

  /**
   * Sets all state variables.
   *
   * @param state their values, [variable][neuron]; null for the initial values
   */
  @Internal
  public void start(float[][] state) {
    for (int k = 0; k < variables.length; k++) {
      if (state == null) {
        Arrays.fill(variables[k], initial[k]);
      } else {
        System.arraycopy(state[k], 0, variables[k], 0, variables[k].length);
      }
    }
    firedCount = 0;
  }

  /**
   * Copies all state variables.
   *
   * @param state where to write them, [variable][neuron]
   */
  @Internal
  public void copyTo(float[][] state) {
    for (int k = 0; k < variables.length; k++) {
      System.arraycopy(variables[k], 0, state[k], 0, variables[k].length);
    }
  }

  /**
   * Copies the state and the spikes of other neurons of the same layer.
   *
   * @param other the neurons
   */
  @Internal
  public void set(Neurons other) {
    start(other.variables);
    System.arraycopy(other.fired, 0, fired, 0, other.firedCount);
    firedCount = other.firedCount;
  }

  /** Forgets which neurons fired. */
  @Internal
  public void clearFired() {
    firedCount = 0;
  }

  /**
   * Records that a neuron fired.
   *
   * @param neuron the neuron; above those recorded before
   */
  @Internal
  public void fire(int neuron) {
    fired[firedCount++] = neuron;
  }

  /** {@return the number of state variables} */
  @Internal
  public int variables() {
    return variables.length;
  }

  /** {@return the number of neurons} */
  public int count() {
    return fired.length;
  }

  /**
   * {@return a state variable of every neuron}
   *
   * @param index which, as {@link NeuronDynamics#variables} counts them
   */
  public float[] variable(int index) {
    return variables[index];
  }

  /**
   * A parameter of every neuron.
   *
   * @param index which, as {@link NeuronDynamics#parameters} counts them
   * @return its values in single precision; not to be written to
   */
  public float[] parameter(int index) {
    return singles[index];
  }

  /**
   * Whether all neurons have the given value of a parameter, so that its effect may be left out.
   *
   * @param parameter which, as {@link NeuronDynamics#parameters} counts them
   * @param value the value
   * @return false if a neuron has another
   */
  public boolean isEverywhere(int parameter, double value) {
    return parameters.get(parameter).isEverywhere(value);
  }

  /** {@return the number of neurons that fired at the step} */
  public int firedCount() {
    return firedCount;
  }

  /**
   * {@return a neuron that fired at the step; they come in increasing order}
   *
   * @param index below {@link #firedCount()}
   */
  public int fired(int index) {
    return fired[index];
  }
}
