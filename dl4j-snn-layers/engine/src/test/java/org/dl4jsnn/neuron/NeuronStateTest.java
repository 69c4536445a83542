package org.dl4jsnn.neuron;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NeuronStateTest {

  private static final NeuronDynamics SYNAPTIC =
      new SynapticNeuron(SpikingNeuron.integrateAndFire(1), 0.5);

  /** Two samples of two variables of three neurons. */
  private static double[][][] values() {
    return new double[][][] {{{1, 2, 3}, {4, -9, 6}}, {{7, 8, 0.5}, {0, 1, 2}}};
  }

  private static final NeuronState STATE = NeuronState.of(values());

  @Test
  void shouldGiveItsNumbers() {
    assertEquals(2, STATE.minibatch());
    assertSame(STATE.variable(1, 0), STATE.variable(1, 0));
    assertEquals(0.5, STATE.variable(1, 0)[2]);
    assertEquals(-9, STATE.variable(0, 1)[1]);
    assertEquals(9, STATE.largest());
    assertFalse(STATE.isAtRest());
    assertEquals("state of 2 samples", STATE.toString());
  }

  @Test
  void shouldHaveNoNumbersAtRest() {
    NeuronState rest = NeuronState.atRest();
    assertTrue(rest.isAtRest());
    assertEquals(0, rest.largest());
    assertEquals("at rest", rest.toString());
    assertMessage(
        IllegalStateException.class,
        "the state before the first step has no numbers; see StateVariable.initial()",
        rest::minibatch);
    assertThrows(IllegalStateException.class, () -> rest.variable(0, 0));
  }

  @Test
  void shouldFitItsNeuronsAndMinibatch() {
    assertDoesNotThrow(() -> STATE.requireOf(SYNAPTIC, 2, 3));
    assertDoesNotThrow(() -> NeuronState.atRest().requireOf(SYNAPTIC, 5, 9));
    assertUnfit("state must have 3 samples, got 2", STATE, SYNAPTIC, 3, 3);
    assertUnfit("state must have 4 neurons, got 3", STATE, SYNAPTIC, 2, 4);
    NeuronDynamics plain = SpikingNeuron.integrateAndFire(1);
    assertUnfit("state must have 1 variables, got 2", STATE, plain, 2, 3);
  }

  @Test
  void shouldBeFiniteInSinglePrecision() {
    double[][][] values = values();
    values[1][1][2] = 1e300;
    assertUnfit(
        "membrane of a state in single precision must be finite",
        NeuronState.of(values),
        SYNAPTIC,
        2,
        3);
  }

  private static void assertUnfit(
      String beginning, NeuronState state, NeuronDynamics dynamics, int minibatch, int neurons) {
    assertBegins(beginning, () -> state.requireOf(dynamics, minibatch, neurons));
  }

  @Test
  void shouldBeAValue() {
    NeuronState same = NeuronState.of(values());
    assertEquals(STATE, same);
    assertEquals(STATE.hashCode(), same.hashCode());
    double[][][] other = values();
    other[1][1][2] = 3;
    assertNotEquals(STATE, NeuronState.of(other));
    assertNotEquals(STATE.hashCode(), NeuronState.of(other).hashCode());
    assertNotEquals(STATE, NeuronState.atRest());
    assertNotEquals(STATE, (Object) "state of 2 samples");
  }
}
