package org.dl4jsnn.neuron;

import java.util.List;

/**
 * The built-in neuron with a reset to zero, written as a user would write it.
 *
 * @param threshold θ
 */
public record CustomIntegrateAndFire(double threshold) implements NeuronDynamics {

  private static final long serialVersionUID = 1L;

  @Override
  public List<StateVariable> variables() {
    return List.of(new StateVariable(StateVariable.MEMBRANE, 0));
  }

  @Override
  public void excess(Neurons neurons, float[] excess) {
    for (int i = 0; i < neurons.count(); i++) {
      excess[i] = neurons.variable(0)[i] - (float) threshold;
    }
  }

  @Override
  public void reset(Neurons neurons) {
    for (int k = 0; k < neurons.firedCount(); k++) {
      neurons.variable(0)[neurons.fired(k)] = 0;
    }
  }
}
