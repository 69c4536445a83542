package org.dl4jsnn.property;

import org.dl4jsnn.internal.simulate.SimulationEngine;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.api.Assertions;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * How a simulation ends.
 *
 * @param spikes what fired; null after a refusal
 * @param refusal the message, or null
 */
record Ending(SpikeTrain spikes, String refusal) {

  static Ending of(SimulationEngine engine, LayerCase drawn, SpikeTrain input) {
    try {
      return new Ending(
          engine.simulate(drawn.synapse(DataType.FLOAT), drawn.neuron(), input), null);
    } catch (IllegalArgumentException e) {
      return new Ending(null, e.getMessage());
    }
  }

  boolean isRefusal() {
    return refusal != null;
  }

  void assertEquals(Ending expected) {
    Assertions.assertEquals(expected.refusal, refusal);
    if (!isRefusal()) {
      EnginePropertiesTest.assertSame(expected.spikes, spikes);
    }
  }
}
