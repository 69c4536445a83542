package org.dl4jsnn.property;

import java.util.List;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.StateVariable;

/**
 * The built-in neuron with a reset by subtraction, written as custom dynamics.
 *
 * @param threshold θ
 * @param leak λ
 */
public record CustomNeuron(double threshold, double leak) implements NeuronDynamics {

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
    float[] membrane = neurons.variable(0);
    for (int k = 0; k < neurons.firedCount(); k++) {
      membrane[neurons.fired(k)] -= (float) threshold;
    }
    for (int i = 0; i < neurons.count(); i++) {
      membrane[i] *= (float) leak;
    }
  }
}
