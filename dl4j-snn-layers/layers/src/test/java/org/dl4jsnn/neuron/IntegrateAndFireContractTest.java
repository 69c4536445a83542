package org.dl4jsnn.neuron;

import java.util.List;
import org.dl4jsnn.contract.NeuronDynamicsContract;

class IntegrateAndFireContractTest extends NeuronDynamicsContract {

  @Override
  protected List<DifferentiableDynamics> neurons() {
    return List.of(
        SpikingNeuron.integrateAndFire(1),
        SpikingNeuron.leakyIntegrateAndFire(0.7, 0.8),
        new SpikingNeuron(0.9, 0.6, Reset.to(-0.3), 0.2),
        SpikingNeuron.leakyIntegrateAndFire(0.6, 0.875).withReset(Reset.bySubtraction()));
  }

  @Override
  protected DifferentiableDynamics withThreshold(DifferentiableDynamics neuron, double threshold) {
    return ((SpikingNeuron) neuron).withThreshold(threshold);
  }
}
