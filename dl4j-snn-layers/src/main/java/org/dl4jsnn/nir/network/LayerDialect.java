package org.dl4jsnn.nir.network;

import java.util.function.BiConsumer;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirNeurons;

/**
 * A dialect that makes the neurons of layers.
 *
 * @param dialect the dialect
 * @param ignored gets the node and the name of every parameter that it ignores; null to log them
 */
record LayerDialect(NirDialect dialect, BiConsumer<String, String> ignored) {

  NeuronDynamics neuron(String name, NirNeurons node) {
    return ignored == null ? dialect.neuron(name, node) : dialect.neuron(name, node, ignored);
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
