package org.dl4jsnn.neuron;

import java.util.List;

/**
 * The built-in neuron, known by its definition alone, so that nothing runs it faster.
 *
 * @param neuron the neuron
 */
public record Unrecognised(SpikingNeuron neuron) implements DifferentiableDynamics {

  @Override
  public List<StateVariable> variables() {
    return neuron.variables();
  }

  @Override
  public List<NeuronParameter> parameters() {
    return neuron.parameters();
  }

  @Override
  public double threshold() {
    return neuron.threshold();
  }

  @Override
  public void excess(Neurons neurons, float[] excess) {
    neuron.excess(neurons, excess);
  }

  @Override
  public void reset(Neurons neurons) {
    neuron.reset(neurons);
  }

  @Override
  public void differentiate(LocalDerivatives at) {
    neuron.differentiate(at);
  }
}
