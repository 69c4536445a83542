package org.dl4jsnn.nir.network;

import java.util.Set;
import java.util.function.BiConsumer;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirNeurons;

/**
 * A dialect that makes the neurons of layers.
 *
 * @param dialect the dialect
 * @param recurrent names of neurons with recurrent weights of their own
 * @param ignored gets the node and the name of every parameter that it ignores; null to log them
 */
record LayerDialect(NirDialect dialect, Set<String> recurrent, BiConsumer<String, String> ignored) {

  NeuronDynamics neuron(String name, NirNeurons node) {
    NirDialect own = recurrent.contains(name) ? dialect.ofRecurrent(node) : dialect;
    return ignored == null ? own.neuron(name, node) : own.neuron(name, node, ignored);
  }

  double timeStep() {
    return dialect.timeStep();
  }

  String name() {
    return dialect.name();
  }

  boolean beginsWithBias() {
    return dialect.beginsWithBias();
  }
}
