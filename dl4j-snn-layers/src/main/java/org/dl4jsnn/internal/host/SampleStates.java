package org.dl4jsnn.internal.host;

import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;

/** The states of a minibatch as simulations of single samples read and write them. */
public final class SampleStates {

  private final NeuronState start;
  private final int variables;
  private final int neurons;

  /** What the samples leave, [sample][variable][neuron]; null where nobody wants it. */
  private final double[][][] ends;

  /**
   * A transfer.
   *
   * @param dynamics the neuron
   * @param start what to begin with, a state of these neurons
   * @param minibatch number of samples
   * @param neurons number of neurons
   * @param keepsEnd whether the state after the last step is wanted
   */
  public SampleStates(
      NeuronDynamics dynamics, NeuronState start, int minibatch, int neurons, boolean keepsEnd) {
    this.start = start;
    this.variables = start.isAtRest() && !keepsEnd ? 0 : dynamics.variables().size();
    this.neurons = neurons;
    this.ends = keepsEnd ? new double[minibatch][][] : null;
  }

  /**
   * What a sample begins with.
   *
   * @param sample which
   * @return [variable][neuron]; null at rest
   */
  public float[][] start(int sample) {
    return singles(start, sample, variables);
  }

  /**
   * One sample of a state in single precision.
   *
   * @param state the state
   * @param sample which sample
   * @param variables variables of the neurons
   * @return [variable][neuron]; null at rest
   */
  public static float[][] singles(NeuronState state, int sample, int variables) {
    if (state.isAtRest()) {
      return null;
    }
    float[][] singles = new float[variables][];
    for (int k = 0; k < variables; k++) {
      double[] values = state.variable(sample, k);
      singles[k] = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        singles[k][i] = (float) values[i];
      }
    }
    return singles;
  }

  /**
   * Where a sample leaves its state.
   *
   * @return [variable][neuron]; null where nobody wants it
   */
  public float[][] end() {
    return ends == null ? null : new float[variables][neurons];
  }

  /**
   * Takes what a sample left in {@link #end}.
   *
   * @param sample which
   * @param end its state; null where nobody wants it
   */
  public void take(int sample, float[][] end) {
    if (end == null) {
      return;
    }
    double[][] values = new double[variables][neurons];
    for (int k = 0; k < variables; k++) {
      for (int i = 0; i < neurons; i++) {
        values[k][i] = end[k][i];
      }
    }
    ends[sample] = values;
  }

  /**
   * The state after the last step.
   *
   * @return the state; null where nobody wants it
   */
  public NeuronState state() {
    return ends == null ? null : NeuronState.of(ends);
  }
}
