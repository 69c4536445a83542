package org.dl4jsnn.internal.host;

import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;

/** The states of a minibatch, read and written by simulations of single samples. */
public final class SampleStates {

  private final NeuronState start;
  private final int variables;
  private final int neurons;

  /** The final states of the samples, [sample][variable][neuron]; null if not wanted. */
  private final double[][][] ends;

  /**
   * A transfer.
   *
   * @param keepsEnd whether the state after the last step is wanted
   */
  public SampleStates(
      NeuronDynamics dynamics, NeuronState start, int minibatch, int neurons, boolean keepsEnd) {
    this.start = start;
    this.variables = start.isAtRest() && !keepsEnd ? 0 : dynamics.variables().size();
    this.neurons = neurons;
    this.ends = keepsEnd ? new double[minibatch][][] : null;
  }

  /** {@return the initial state of a sample: [variable][neuron]; null at rest} */
  public float[][] start(int sample) {
    return singles(start, sample, variables);
  }

  /** {@return one sample of a state in single precision: [variable][neuron]; null at rest} */
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

  /** The array for a sample's final state, [variable][neuron]; null if not wanted. */
  public float[][] end() {
    return ends == null ? null : new float[variables][neurons];
  }

  /**
   * Takes the final state of a sample from {@link #end}.
   *
   * @param end its state; null if not wanted
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

  /** The state after the last step; null if not wanted. */
  public NeuronState state() {
    return ends == null ? null : NeuronState.of(ends);
  }
}
