package org.dl4jsnn.synapse;

import java.util.function.Supplier;
import org.dl4jsnn.internal.kernel.CarefulSimulation;
import org.dl4jsnn.internal.kernel.Charges;
import org.dl4jsnn.internal.kernel.FireRule;
import org.dl4jsnn.internal.kernel.GatherGeometry;
import org.dl4jsnn.internal.kernel.GatherLayer;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.KernelWeights;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.kernel.SampleSimulation;
import org.dl4jsnn.internal.kernel.ScatterCharge;
import org.dl4jsnn.internal.kernel.StepCharge;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * A weighted synapse with its weights of the moment on the host, for the event-driven engine.
 *
 * @param geometry which inputs each neuron gathers
 * @param weights the weights
 * @param kernel how kernels find them
 * @param bias one value an output channel, or none
 */
record HostSynapse(
    GatherGeometry geometry, FiniteValues weights, KernelWeights kernel, FiniteValues bias) {

  Supplier<SampleSimulation> simulations(
      SpikingNeuron neuron, SpikeTrain train, KernelProvider kernels) {
    FireRule rule = FireRule.of(neuron);
    if (!rule.staysFinite(train.steps(), currentBound(train.amplitudeBound()))) {
      Charges charges = charges();
      return () -> new CarefulSimulation(charges.get(), geometry.input(), geometry.output(), rule);
    }
    GatherLayer layer =
        new GatherLayer(geometry, kernel, bias.values(), neuron, kernels, train::density);
    return layer::newSimulation;
  }

  /** The same charge serves all tasks. */
  Charges charges() {
    StepCharge charge =
        new ScatterCharge(geometry, kernel, bias.values(), Kernels.chosen().rowAdder());
    return new Charges(() -> charge, this::currentBound);
  }

  double currentBound(double amplitude) {
    return geometry.weightRows() * (amplitude * weights.largest()) + bias.largest();
  }
}
