package org.dl4jsnn.neuron;

import java.util.List;
import org.dl4jsnn.contract.NeuronDynamicsContract;

class AdaptiveNeuronContractTest extends NeuronDynamicsContract {

  @Override
  protected List<DifferentiableDynamics> neurons() {
    return List.of(
        new AdaptiveNeuron(SpikingNeuron.integrateAndFire(1), 0.5, 0.9),
        new AdaptiveNeuron(SpikingNeuron.leakyIntegrateAndFire(0.7, 0.8), 1.6, 0.95),
        new AdaptiveNeuron(new SpikingNeuron(0.9, 0.6, Reset.to(-0.3), 0.2), 0.1, 0.5),
        new AdaptiveNeuron(new SpikingNeuron(0.6, 0.875, Reset.bySubtraction(), 0), 0.3, 0.8));
  }

  @Override
  protected DifferentiableDynamics withThreshold(DifferentiableDynamics neuron, double threshold) {
    throw new AssertionError("no adaptive neuron scales with its threshold alone");
  }
}
