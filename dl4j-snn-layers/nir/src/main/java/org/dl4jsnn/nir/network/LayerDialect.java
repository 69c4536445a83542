package org.dl4jsnn.nir.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirTensor;
import org.dl4jsnn.spike.FeatureShape;

/**
 * A dialect that makes the neurons of layers.
 *
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

  /** Spiking neurons with one number per channel, as in a layer. */
  NeuronDynamics firing(String name, NirNeurons node) {
    return neuron(name, ofChannels(node));
  }

  private static NirNeurons ofChannels(NirNeurons neurons) {
    Require.not(Integrating.is(neurons), "%s does not fire", neurons.type());
    Map<String, NirTensor> channels = new LinkedHashMap<>();
    neurons.parameters().forEach((name, numbers) -> channels.put(name, ofChannels(numbers)));
    return NirNeurons.of(neurons.type(), channels);
  }

  private static NirTensor ofChannels(NirTensor numbers) {
    if (numbers.rank() < 2) {
      return numbers;
    }
    FeatureShape shape = Term.feature(numbers.shape());
    int[] channels = {shape.channels()};
    return numbers.isSingle()
        ? NirTensor.of(channels, Composition.ofChannels(numbers.values(), shape))
        : NirTensor.ofDoubles(channels, Composition.ofChannels(numbers.doubles(), shape));
  }
}
