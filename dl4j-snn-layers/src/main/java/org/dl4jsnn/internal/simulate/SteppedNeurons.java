package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.internal.kernel.FiniteMembrane;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A layer's neurons in one sample, stepped by their definition (equations 3 to 5 of
 * docs/mathematics.md). Scratch memory, one a task.
 */
final class SteppedNeurons {

  private static final int CHARGED = 0;

  private final NeuronDynamics dynamics;
  private final FeatureShape shape;
  private final BitLayout layout;
  private final int[] places;
  private final Neurons neurons;
  private final float[] excess;

  SteppedNeurons(NeuronDynamics dynamics, FeatureShape shape) {
    this.dynamics = dynamics;
    this.shape = shape;
    this.layout = BitLayout.of(shape);
    this.places = layout.places(shape);
    this.neurons = newNeurons();
    this.excess = new float[shape.neurons()];
  }

  private Neurons newNeurons() {
    try {
      return Neurons.of(dynamics, shape.neurons(), shape.channels());
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  /** Begins a sample; at rest without a state. */
  void start(float[][] state) {
    neurons.start(state);
  }

  /** The neurons themselves. */
  Neurons neurons() {
    return neurons;
  }

  /** What the current of a step is to be added to, in order of position and channel. */
  float[] charged() {
    return neurons.variable(CHARGED);
  }

  /** Copies the state, if anybody wants it. */
  void end(float[][] state) {
    if (state != null) {
      neurons.copyTo(state);
    }
  }

  /**
   * Checks that charged neurons are still in single precision.
   *
   * @throws IllegalArgumentException if one is infinite or NaN
   */
  void requireFinite(int step, int sample) {
    float[] charged = charged();
    for (int neuron = 0; neuron < charged.length; neuron++) {
      FiniteMembrane.require("membrane potentials", charged[neuron], shape, neuron, step, sample);
    }
  }

  /** Fires and resets charged neurons, and notes their spikes. */
  void step(int step, int[] words) {
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

  /** What fails in a custom neuron is the neuron's fault, and not that of the input. */
  private RuntimeException failure(RuntimeException e) {
    return dynamics instanceof SpikingNeuron
        ? e
        : new IllegalStateException("the custom neuron " + dynamics + " failed: " + e, e);
  }
}
