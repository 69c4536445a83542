package org.dl4jsnn.property;

import org.dl4jsnn.neuron.NeuronDynamics;

/**
 * The built-in neuron with a reset by subtraction, written as custom dynamics.
 *
 * @param threshold θ
 * @param leak λ
 */
public record OwnNeuron(float threshold, float leak) implements NeuronDynamics {

  private static final long serialVersionUID = 1L;

  @Override
  public State start(int neurons) {
    float[] membrane = new float[neurons];
    return (currents, fires) -> {
      for (int i = 0; i < neurons; i++) {
        membrane[i] += currents[i];
        fires[i] = membrane[i] > threshold;
        membrane[i] = (fires[i] ? membrane[i] - threshold : membrane[i]) * leak;
      }
    };
  }
}
