package org.dl4jsnn.deploy;

import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.BuiltInNeurons;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.IntegerSynapticNeuron;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.junit.jupiter.api.Test;

class MembraneNumbersTest {

  /** Whole numbers have neither adaptation nor a refractory period, and need no rounding. */
  @Test
  void shouldRoundEveryNeuronThatHasAFormInWholeNumbers() {
    BuiltInNeurons.assertAllIn(
        "MembraneNumbers",
        MembraneNumbers.FORMS.stream().map(MembraneNumbers.Form::type).toList(),
        AdaptiveNeuron.class,
        RefractoryNeuron.class,
        IntegerNeuron.class,
        IntegerSynapticNeuron.class);
  }
}
