package org.dl4jsnn.nir.network;

import java.util.Arrays;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.IntegerSynapticNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.nir.dialect.DialectNeuron;

/**
 * Properties of neurons that a graph does not hold.
 *
 * @param initial the membrane potential before the first step; if several, the one furthest from 0
 * @param subtractive whether a spike subtracts the threshold
 */
record Membrane(double initial, boolean subtractive) {

  /**
   * The membrane of neurons.
   *
   * @throws IllegalArgumentException if no equivalent node exists
   */
  static Membrane of(NeuronDynamics neurons) {
    if (neurons instanceof SpikingNeuron membrane) {
      return new Membrane(membrane.initialMembrane(), membrane.reset().isSubtractive());
    }
    if (neurons instanceof SynapticNeuron synaptic) {
      return of(synaptic.membrane());
    }
    if (neurons instanceof IntegerSynapticNeuron synaptic) {
      return of(synaptic.membrane());
    }
    if (neurons instanceof IntegerNeuron whole) {
      int furthest = Arrays.stream(whole.initialMembranes()).map(Math::abs).max().orElseThrow();
      return new Membrane(furthest, whole.isSubtractive());
    }
    if (neurons instanceof DialectNeuron dialect) {
      // The initial membrane of a dialect follows from its node.
      return new Membrane(0, dialect.keepsExcessAtReset());
    }
    throw new IllegalArgumentException(
        "neurons must be SpikingNeuron, SynapticNeuron or integer neurons, which become IF, LIF "
            + "and CubaLIF, or neurons of a dialect, got "
            + neurons.getClass().getSimpleName());
  }
}
