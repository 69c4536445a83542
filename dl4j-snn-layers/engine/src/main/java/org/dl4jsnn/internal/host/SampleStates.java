package org.dl4jsnn.internal.host;

import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;

/** The states of a minibatch, read and written by simulations of single samples. */
public final class SampleStates {

  private final NeuronState start;
  private final int variables;
  private final int neurons;

  /** The final states of the samples, [sample][variable][neuron]; null if not wanted. */
  private final float[][][] ends;

  /**
   * A transfer.
   *
   * @param keepsEnd whether the state after the last step is wanted
   */
  public SampleStates(
      NeuronDynamics dynamics, NeuronState start, int minibatch, int neurons, boolean keepsEnd) {
    this.start = start;
    this.variables = keepsEnd ? dynamics.variables().size() : 0;
    this.neurons = neurons;
    this.ends = keepsEnd ? new float[minibatch][][] : null;
  }

  /** {@return the initial state of a sample: [variable][neuron]; null at rest} */
  public float[][] start(int sample) {
    return start.singles(sample);
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
    if (ends != null) {
      ends[sample] = end;
    }
  }

  /** The state after the last step; null if not wanted. */
  public NeuronState state() {
    return ends == null ? null : NeuronState.ofSingles(ends);
  }
}
