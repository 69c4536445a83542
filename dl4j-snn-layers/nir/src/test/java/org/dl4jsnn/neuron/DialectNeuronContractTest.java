package org.dl4jsnn.neuron;

import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.contract.NeuronDynamicsContract;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirTensor;

/**
 * The neurons of all dialects, as layers of Deeplearning4j take them. Those that look at the
 * membrane potential before the step jump where it crosses the threshold, and the exact reset is
 * curved: their derivatives are compared next to the jump, with a smaller difference.
 */
class DialectNeuronContractTest extends NeuronDynamicsContract {

  private static final double DT = 1e-3;

  private static final List<NirDialect> DIALECTS =
      List.of(
          NirDialect.snnTorch(),
          NirDialect.snnTorch().withResetBySubtraction(),
          NirDialect.snnTorch().withLateReset(),
          NirDialect.snnTorch().withResetBySubtraction().withLateReset(),
          NirDialect.norse(),
          NirDialect.norse().withResetBySubtraction(),
          NirDialect.sinabs(),
          NirDialect.sinabs().withResetToValue(),
          NirDialect.spikingJelly(),
          NirDialect.spikingJelly().withResetBySubtraction(),
          NirDialect.exact(),
          NirDialect.exact().withResetBySubtraction());

  @Override
  protected List<DifferentiableDynamics> neurons() {
    List<DifferentiableDynamics> neurons = new ArrayList<>();
    for (NirDialect dialect : DIALECTS) {
      NirDialect stepping = dialect.withTimeStep(DT);
      double r =
          dialect.name().equals("exact") || dialect.name().equals("spikingjelly") ? 1 / DT : 1;
      neurons.add(neuron(stepping, new NirNeurons.IF(one(r), one(0.9), one(0))));
      neurons.add(
          neuron(stepping, new NirNeurons.LIF(one(4 * DT), one(2), one(0), one(0.3), one(0))));
      neurons.add(
          neuron(
              stepping,
              new NirNeurons.CubaLIF(
                  one(2 * DT), one(3 * DT), one(3), one(0), one(0.4), one(0), one(1.5))));
    }
    return neurons;
  }

  @Override
  protected void checkDerivatives(DifferentiableDynamics neuron) {
    if (neuron.toString().matches("(?s).*(LATE_|_ONCE|AT_CROSSING).*")) {
      new SmallDifferences(neuron).check();
    } else {
      super.checkDerivatives(neuron);
    }
  }

  private static DifferentiableDynamics neuron(NirDialect dialect, NirNeurons node) {
    return (DifferentiableDynamics) dialect.neuron("lif", node);
  }

  private static NirTensor one(double value) {
    return NirTensor.ofDoubles(new int[] {1}, value);
  }

  @Override
  protected DifferentiableDynamics withThreshold(DifferentiableDynamics neuron, double threshold) {
    return neuron instanceof SynapticNeuron synaptic
        ? new SynapticNeuron(synaptic.membrane().withThreshold(threshold), synaptic.synapticDecay())
        : ((SpikingNeuron) neuron).withThreshold(threshold);
  }
}
