package org.dl4jsnn.neuron;

import java.util.List;
import org.dl4jsnn.contract.NeuronDynamicsContract;

class RefractoryNeuronContractTest extends NeuronDynamicsContract {

  @Override
  protected List<DifferentiableDynamics> neurons() {
    return List.of(
        new RefractoryNeuron(SpikingNeuron.integrateAndFire(1), 1),
        new RefractoryNeuron(SpikingNeuron.leakyIntegrateAndFire(0.7, 0.8), 3),
        new RefractoryNeuron(new SpikingNeuron(0.9, 0.6, Reset.to(-0.3), 0.2), 2),
        new RefractoryNeuron(new SpikingNeuron(0.6, 0.875, Reset.bySubtraction(), 0), 2));
  }

  @Override
  protected DifferentiableDynamics withThreshold(DifferentiableDynamics neuron, double threshold) {
    RefractoryNeuron refractory = (RefractoryNeuron) neuron;
    return new RefractoryNeuron(
        refractory.membrane().withThreshold(threshold), refractory.refractorySteps());
  }
}
