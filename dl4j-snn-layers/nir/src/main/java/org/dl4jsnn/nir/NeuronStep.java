package org.dl4jsnn.nir;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.linear.Firing;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.neuron.linear.LinearStep;

/** Neurons of a simulation, each with its own parameters. */
final class NeuronStep implements StepNode {

  private final LinearNeuron neuron;
  private final Neurons neurons;

  NeuronStep(LinearNeuron neuron, int[] shape) {
    this.neuron = neuron;
    int count = StepNode.count(shape);
    this.neurons = Neurons.of(neuron, count, count);
    reset();
  }

  @Override
  public void reset() {
    neurons.start(null);
    begin(neuron.membraneIndex(), neuron.charging().membrane());
    if (neuron.charging().synapse() != null) {
      begin(1, neuron.charging().synapse());
    }
  }

  private void begin(int variable, LinearStep step) {
    float[] values = neurons.variable(variable);
    List<Double> initial = step.initial();
    for (int i = 0; i < values.length; i++) {
      values[i] = initial.get(initial.size() == 1 ? 0 : i).floatValue();
    }
  }

  @Override
  public void step(float[] input, float[] output) {
    System.arraycopy(input, 0, neurons.variable(0), 0, input.length);
    neurons.clearFired();
    if (neuron.firing() == Firing.NEVER) {
      neuron.reset(neurons);
      System.arraycopy(neurons.variable(neuron.membraneIndex()), 0, output, 0, output.length);
      return;
    }
    Arrays.fill(output, 0);
    neuron.spikes(neurons, output);
    for (int i = 0; i < output.length; i++) {
      if (output[i] > 0) {
        neurons.fire(i);
      }
    }
    neuron.reset(neurons);
  }

  /** The membrane potentials after the last step. */
  float[] membrane() {
    return neurons.variable(neuron.membraneIndex()).clone();
  }
}
