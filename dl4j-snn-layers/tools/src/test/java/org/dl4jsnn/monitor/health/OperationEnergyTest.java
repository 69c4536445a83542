package org.dl4jsnn.monitor.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dl4jsnn.monitor.SynapticOperations.OfLayer;
import org.junit.jupiter.api.Test;

class OperationEnergyTest {

  private static final OperationEnergy ENERGY = new OperationEnergy(1, 5);

  @Test
  void shouldPriceSpikesAndMultiplyAdds() {
    LayerHealth.Energy energy = ENERGY.of(new OfLayer("dense", 70, 100, 0));
    assertEquals(70, energy.picojoules());
    assertEquals(500, energy.picojoulesWithoutSpikes());
    assertFalse(energy.constantInput());
  }

  /** A recurrent layer after direct encoding: its input once, its own spikes one by one. */
  @Test
  void shouldPriceBothOfARecurrentLayer() {
    LayerHealth.Energy energy = ENERGY.of(new OfLayer("recurrent", 70, 100, 20));
    assertEquals(20 * 5 + 70, energy.picojoules());
    assertTrue(energy.constantInput());
  }
}
