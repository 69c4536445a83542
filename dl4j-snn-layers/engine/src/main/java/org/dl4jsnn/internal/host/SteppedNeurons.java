package org.dl4jsnn.internal.host;

import org.dl4jsnn.internal.kernel.FiniteMembrane;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.StateVariable;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A layer's neurons in one sample, stepped by definition (equations 3 to 5 of docs/mathematics.md).
 * Scratch memory, one per task.
 */
public final class SteppedNeurons {

  private static final int CHARGED = 0;

  private final NeuronDynamics dynamics;
  private final FeatureShape shape;
  private final BitLayout layout;
  private final int[] places;
  private final Neurons neurons;
  private final float[] excess;

  /** The variable of the membrane potential; the charged variable if none is named so. */
  private final int membrane;

  public SteppedNeurons(NeuronDynamics dynamics, FeatureShape shape) {
    this.dynamics = dynamics;
    this.shape = shape;
    this.layout = BitLayout.of(shape);
    this.places = layout.places(shape);
    this.neurons = newNeurons();
    this.excess = new float[shape.neurons()];
    this.membrane = Math.max(CHARGED, StateVariable.membrane(dynamics.variables()));
  }

  private Neurons newNeurons() {
    try {
      return Neurons.of(dynamics, shape.neurons(), shape.channels());
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  /**
   * Starts a sample.
   *
   * @param state [variable][neuron]; null at rest
   */
  public void start(float[][] state) {
    neurons.start(state);
  }

  /** The neurons themselves. */
  Neurons neurons() {
    return neurons;
  }

  /**
   * The variable to which the current of a step is added; the first state variable, in order of
   * position and channel.
   */
  public float[] charged() {
    return neurons.variable(CHARGED);
  }

  /**
   * Copies the state, if wanted.
   *
   * @param state the target, [variable][neuron]; null if not wanted
   */
  public void end(float[][] state) {
    if (state != null) {
      neurons.copyTo(state);
    }
  }

  /**
   * Checks that charged neurons still fit single precision. Throws an IllegalArgumentException if
   * one is infinite or NaN.
   */
  public void requireFinite(int step, int sample) {
    requireFinite(charged(), step, sample);
    if (membrane != CHARGED) {
      requireFinite(neurons.variable(membrane), step, sample);
    }
  }

  private void requireFinite(float[] values, int step, int sample) {
    for (int neuron = 0; neuron < values.length; neuron++) {
      FiniteMembrane.require("membrane potentials", values[neuron], shape, neuron, step, sample);
    }
  }

  /**
   * Fires and resets charged neurons and records their spikes.
   *
   * @param words receives the bits of the spikes, laid out as in {@link BitLayout}
   */
  public void step(int step, int[] words) {
    try {
      dynamics.excess(neurons, excess);
      fire(step, words);
      dynamics.reset(neurons);
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  private void fire(int step, int[] words) {
    neurons.clearFired();
    for (int neuron = 0; neuron < excess.length; neuron++) {
      if (excess[neuron] > 0) {
        neurons.fire(neuron);
        int channel = neuron % shape.channels();
        int position = neuron / shape.channels();
        words[layout.plane(step, channel) + places[position]] |= 1 << channel;
      }
    }
  }

  /** An exception in a neuron's own code is the neuron's fault, not the input's. */
  private RuntimeException failure(RuntimeException e) {
    return dynamics instanceof SpikingNeuron
        ? e
        : new IllegalStateException("the neuron " + dynamics + " failed: " + e, e);
  }
}
