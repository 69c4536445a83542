package org.dl4jsnn.neuron;

import java.util.List;
import org.dl4jsnn.contract.NeuronDynamicsContract;

class SynapticNeuronContractTest extends NeuronDynamicsContract {

  @Override
  protected List<DifferentiableDynamics> neurons() {
    return List.of(
        new SynapticNeuron(SpikingNeuron.integrateAndFire(1), 0.5),
        new SynapticNeuron(SpikingNeuron.leakyIntegrateAndFire(0.7, 0.8), 0.9),
        new SynapticNeuron(new SpikingNeuron(0.9, 0.6, Reset.to(-0.3), 0.2), 0.3),
        new SynapticNeuron(new SpikingNeuron(0.6, 0.875, Reset.bySubtraction(), 0), 0.75));
  }

  @Override
  protected DifferentiableDynamics withThreshold(DifferentiableDynamics neuron, double threshold) {
    SynapticNeuron synaptic = (SynapticNeuron) neuron;
    return new SynapticNeuron(
        synaptic.membrane().withThreshold(threshold), synaptic.synapticDecay());
  }
}
