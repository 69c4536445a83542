package org.dl4jsnn.internal.compact;

import java.util.stream.Stream;
import org.dl4jsnn.neuron.BuiltInNeurons;
import org.junit.jupiter.api.Test;

class NeuronKindTest {

  @Test
  void shouldHoldEveryNeuronOfTheLibrary() {
    BuiltInNeurons.assertAllIn(
        "NeuronKind", Stream.of(NeuronKind.values()).map(NeuronKind::type).toList());
  }
}
