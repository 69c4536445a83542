package org.dl4jsnn.nir.network;

import org.dl4jsnn.neuron.AdLifNeuron;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.BuiltInNeurons;
import org.dl4jsnn.neuron.GradedNeuron;
import org.dl4jsnn.neuron.IntegerAdLifNeuron;
import org.dl4jsnn.neuron.IntegerAdaptiveNeuron;
import org.dl4jsnn.neuron.IntegerRefractoryNeuron;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.junit.jupiter.api.Test;

class NodeFormTest {

  /** Graphs have no node with adaptation or a refractory period, and none for no neurons. */
  @Test
  void shouldMakeANodeOfEveryNeuronThatGraphsHave() {
    BuiltInNeurons.assertAllIn(
        "NodeForm",
        NodeForm.ALL.stream().map(NodeForm::type).toList(),
        GradedNeuron.class,
        AdaptiveNeuron.class,
        AdLifNeuron.class,
        RefractoryNeuron.class,
        IntegerAdaptiveNeuron.class,
        IntegerAdLifNeuron.class,
        IntegerRefractoryNeuron.class);
  }
}
