package org.dl4jsnn.nir.network;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.IntegerSynapticNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.nir.NirNeurons;

/**
 * How the neurons of a class become a node; {@link #ALL} has the neurons that graphs can hold.
 *
 * @param initial the membrane potential before the first step, which a node does not hold; if
 *     several, the one furthest from 0
 */
record NodeForm<N extends DifferentiableDynamics>(
    Class<N> type, ToDoubleFunction<N> initial, Writer<N> writer) {

  static final List<NodeForm<?>> ALL =
      List.of(
          new NodeForm<>(
              SpikingNeuron.class,
              SpikingNeuron::initialMembrane,
              (nodes, neuron, learned, shape) -> nodes.leaky(learned, 1, shape)),
          new NodeForm<>(
              SynapticNeuron.class,
              neuron -> neuron.membrane().initialMembrane(),
              (nodes, neuron, learned, shape) -> nodes.synaptic(learned, 1, shape)),
          new NodeForm<>(
              IntegerNeuron.class,
              NodeForm::furthest,
              (nodes, neuron, learned, shape) ->
                  nodes.leaky(learned, IntegerNeuron.NO_LEAK, shape)),
          new NodeForm<>(
              IntegerSynapticNeuron.class,
              neuron -> furthest(neuron.membrane()),
              (nodes, neuron, learned, shape) ->
                  nodes.synaptic(learned, IntegerNeuron.NO_LEAK, shape)),
          // Its initial membrane follows from its node.
          new NodeForm<>(
              LinearNeuron.class,
              neuron -> 0,
              (nodes, neuron, learned, shape) -> nodes.original(neuron, learned, shape)));

  /** Makes the node of a layer's neurons, as set and with what the layer learned. */
  interface Writer<N> {
    NirNeurons write(NeuronNodes nodes, N neuron, NeuronDynamics learned, int[] shape);
  }

  /** The form of neurons. */
  static NodeForm<?> of(NeuronDynamics neuron) {
    return ALL.stream()
        .filter(form -> form.type == neuron.getClass())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "neurons must be one of "
                        + ALL.stream()
                            .map(form -> form.type.getSimpleName())
                            .collect(Collectors.joining(", "))
                        + ", which become nodes, got "
                        + neuron.getClass().getSimpleName()));
  }

  double initial(NeuronDynamics neuron) {
    return initial.applyAsDouble(type.cast(neuron));
  }

  boolean subtracts(NeuronDynamics neuron) {
    return type.cast(neuron).keepsExcessAtReset();
  }

  NirNeurons node(NeuronNodes nodes, NeuronDynamics neuron, NeuronDynamics learned, int[] shape) {
    return writer.write(nodes, type.cast(neuron), learned, shape);
  }

  private static double furthest(IntegerNeuron neuron) {
    return Arrays.stream(neuron.initialMembranes()).map(Math::abs).max().orElseThrow();
  }
}
