package org.dl4jsnn.conf;

import java.util.List;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.StateVariable;

/** Checks what replaces a setting of a layer from which a network was built. */
final class ExchangeCheck {

  private ExchangeCheck() {}

  /**
   * Checks a neuron to be set on a layer of a network. The network has memory for the variables of
   * the present one, and learned values lie in the network and would not change.
   */
  static void neuron(BaseSpikingLayer layer, NeuronDynamics other) {
    NeuronDynamics neuron = layer.getNeuron();
    if (other.getClass() != neuron.getClass() || !names(other).equals(names(neuron))) {
      throw new IllegalStateException(
          layer.name()
              + ": the neuron must stay of the same kind after a network was built from the"
              + " configuration, got "
              + other
              + " ("
              + other.getClass().getSimpleName()
              + ") instead of "
              + neuron
              + " ("
              + neuron.getClass().getSimpleName()
              + "). Set it on a clone of the configuration, and build another network");
    }
    for (LearnedParameter parameter : layer.getLearned()) {
      if (!parameter.isEqualIn(neuron, other)) {
        throw new IllegalStateException(
            layer.name()
                + ": "
                + parameter.name()
                + " must not change after a network was built from the configuration, since the network"
                + " learns it, got "
                + other
                + " instead of the initial "
                + neuron
                + ". Set parameter "
                + parameter.key()
                + " of the network's layer, or build another network");
      }
    }
  }

  private static List<String> names(NeuronDynamics neuron) {
    return neuron.variables().stream().map(StateVariable::name).toList();
  }

  /** Checks a rule to be set on a layer of a network, which keeps the scalars of its rule. */
  static void rule(BaseSpikingLayer layer, BackpropRule other) {
    if (!other.equals(layer.getBackprop())) {
      throw new IllegalStateException(
          layer.name()
              + ": the gradient rule must be set before a network is built from the configuration, got "
              + other
              + " while a network learns by "
              + layer.getBackprop()
              + ". Use BackpropRules.swap(network, rule), which returns a network with the same"
              + " weights, or apply the rule to configuration.clone()");
    }
  }
}
