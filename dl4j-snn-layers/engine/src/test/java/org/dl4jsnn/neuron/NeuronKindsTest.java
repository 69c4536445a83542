package org.dl4jsnn.neuron;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What each of the built-in neurons does, on numbers that can be checked by hand. */
class NeuronKindsTest {

  private static final SpikingNeuron PLAIN = SpikingNeuron.integrateAndFire(1);

  /** The spikes of one neuron as 0 and 1. */
  private static String spikes(NeuronDynamics dynamics, double... currents) {
    Neurons neuron = Neurons.of(dynamics, 1, 1);
    StringBuilder spikes = new StringBuilder();
    for (double current : currents) {
      step(dynamics, neuron, current);
      spikes.append(neuron.firedCount());
    }
    return spikes.toString();
  }

  private static void step(NeuronDynamics dynamics, Neurons neuron, double current) {
    float[] excess = new float[1];
    neuron.variable(0)[0] += (float) current;
    dynamics.excess(neuron, excess);
    neuron.clearFired();
    if (excess[0] > 0) {
      neuron.fire(0);
    }
    dynamics.reset(neuron);
  }

  private static double[] constant(double current, int steps) {
    double[] currents = new double[steps];
    Arrays.fill(currents, current);
    return currents;
  }

  /** 0.75 · (1 + 1/2 + 1/4 + …) comes to 1.5. */
  @Test
  void shouldKeepChargingAfterASingleSpike() {
    NeuronDynamics synaptic = new SynapticNeuron(SpikingNeuron.integrateAndFire(4), 0.5);
    Neurons neuron = Neurons.of(synaptic, 1, 1);
    double[] membranes = {0.75, 1.125, 1.3125, 1.40625};
    for (int t = 0; t < membranes.length; t++) {
      step(synaptic, neuron, t == 0 ? 0.75 : 0);
      assertEquals(membranes[t], neuron.variable(1)[0]);
    }
    assertEquals("0100", spikes(new SynapticNeuron(PLAIN, 0.5), 0.75, 0, 0, 0));
    assertEquals("0000", spikes(PLAIN, 0.75, 0, 0, 0));
  }

  /** The reset takes the membrane, and leaves 0.375 of the synaptic current for the next step. */
  @Test
  void shouldNotResetTheSynapticCurrent() {
    NeuronDynamics synaptic = new SynapticNeuron(PLAIN, 0.25);
    Neurons neuron = Neurons.of(synaptic, 1, 1);
    step(synaptic, neuron, 1.5);
    assertEquals(1, neuron.firedCount());
    assertEquals(0, neuron.variable(1)[0]);
    assertEquals(0.375f, neuron.variable(0)[0]);
  }

  /** Thresholds 1, 1.5, 1.75, …: what 1.25 exceeds at once takes ever longer. */
  @Test
  void shouldTireAndRecover() {
    NeuronDynamics adaptive = new AdaptiveNeuron(PLAIN, 0.5, 1);
    assertEquals("1111111111", spikes(PLAIN, constant(1.25, 10)));
    // Thresholds 1; 1.5, 1.5; 2, 2; 2.5 (the membrane is at 2.5), 2.5; 3 …
    assertEquals("1010100100", spikes(adaptive, constant(1.25, 10)));
    NeuronDynamics recovering = new AdaptiveNeuron(PLAIN, 1, 0.5);
    assertEquals("10001", spikes(recovering, 1.25, 0, 0, 0, 1.25));
    assertEquals("10000", spikes(recovering, 1.25, 0.75, 0, 0, 0));
  }

  /** A constant current; the adaptation comes with the membrane, and only then the spikes. */
  @Test
  void shouldAdaptBeforeItFires() {
    AdLifNeuron quiet = AdLifNeuron.of(AdLifNeuron.Form.EULER, 0.5, 0.5, 0, 0);
    assertEquals("0101", spikes(quiet, constant(1.5, 4)));
    AdLifNeuron fed = AdLifNeuron.of(AdLifNeuron.Form.EULER, 0.5, 0.5, 1 / 60.0, 0);
    // u = 0.75, 1.125 with w = 0; then w = 0.75 and u = 0.375, 0.75
    assertEquals("0100", spikes(fed, constant(1.5, 4)));
    AdLifNeuron symplectic = AdLifNeuron.of(AdLifNeuron.Form.SYMPLECTIC, 0.5, 0.5, 1 / 60.0, 0);
    assertEquals("0000", spikes(symplectic, constant(1.5, 4))); // w = 0.75 at the second step
  }

  /** Three steps of one ms decay as one of three. */
  @Test
  void shouldDecayFasterInLongerSteps() {
    AdLifNeuron drawn = AdLifNeuron.drawn(AdLifNeuron.Form.SYMPLECTIC, 4, 1);
    AdLifNeuron longer = drawn.withLongerSteps(3);
    for (int i = 0; i < 4; i++) {
      assertEquals(Math.pow(drawn.membraneDecay().get(i), 3), longer.membraneDecay().get(i), 1e-15);
      double adaptation = drawn.adaptationDecay().get(i);
      assertEquals(Math.pow(adaptation, 3), longer.adaptationDecay().get(i), 1e-15);
    }
    assertEquals(drawn.feedback(), longer.feedback());
    assertEquals(drawn, drawn.withLongerSteps(1));
    assertBegins("times must be positive and finite, got 0.0", () -> drawn.withLongerSteps(0));
  }

  @Test
  void shouldNameWhatIsWrongWithAnAdLifNeuron() {
    assertBegins(
        "membrane decay must be at least 0 and below 1 in single precision, got 1.0",
        () -> AdLifNeuron.of(AdLifNeuron.Form.EULER, 1, 0.5, 0, 0));
    assertBegins(
        "adaptation decay must be at least 0 and below 1 in single precision, got -0.5",
        () -> AdLifNeuron.of(AdLifNeuron.Form.EULER, 0.5, -0.5, 0, 0));
    assertBegins(
        "feedback in single precision must be finite, got NaN",
        () -> AdLifNeuron.of(AdLifNeuron.Form.EULER, 0.5, 0.5, Double.NaN, 0));
    assertBegins(
        "channels must be a whole number of at least 1, got 0",
        () -> AdLifNeuron.drawn(AdLifNeuron.Form.EULER, 0, 1));
  }

  /** Subtraction takes off the raised threshold, and keeps the excess. */
  @Test
  void shouldSubtractTheRaisedThreshold() {
    AdaptiveNeuron adaptive = new AdaptiveNeuron(PLAIN.withReset(Reset.bySubtraction()), 0.5, 1);
    Neurons neuron = Neurons.of(adaptive, 1, 1);
    step(adaptive, neuron, 1.25);
    assertEquals(0.25f, neuron.variable(0)[0]);
    step(adaptive, neuron, 1.5);
    assertEquals(1, neuron.firedCount());
    assertEquals(0.25f, neuron.variable(0)[0]);
    assertEquals(2, neuron.variable(1)[0]);
  }

  @Test
  void shouldRestAfterASpikeAndLoseWhatArrivesMeanwhile() {
    NeuronDynamics refractory = new RefractoryNeuron(PLAIN, 2);
    assertEquals("1001001001", spikes(refractory, constant(1.25, 10)));
    assertEquals("10000", spikes(refractory, 1.25, 10, 10, 0.5, 0.5));
    assertEquals("0100010001", spikes(refractory, constant(0.75, 10)));
  }

  /** 0.5 above the threshold, of which half is left after every step. */
  @Test
  void shouldKeepTheResetValueAndLeak() {
    NeuronDynamics refractory =
        new RefractoryNeuron(new SpikingNeuron(1, 0.5, Reset.bySubtraction(), 0), 2);
    Neurons neuron = Neurons.of(refractory, 1, 1);
    double[] membranes = {0.25, 0.125, 0.0625, 0.28125};
    double[] currents = {1.5, 100, -100, 0.5};
    for (int t = 0; t < membranes.length; t++) {
      step(refractory, neuron, currents[t]);
      assertEquals(membranes[t], neuron.variable(0)[0], "step " + t);
    }
  }

  @Test
  void shouldRefuseInvalidSettings() {
    assertBegins(
        "synaptic decay must be above 0 and at most 1", () -> new SynapticNeuron(PLAIN, 1.5));
    assertBegins(
        "synaptic decay must be above 0 and at most 1",
        () -> new SynapticNeuron(PLAIN, Double.NaN));
    assertBegins("membrane of a synaptic neuron must", () -> new SynapticNeuron(null, 0.5));
    assertBegins(
        "adaptation strength must be positive and finite", () -> new AdaptiveNeuron(PLAIN, 0, 1));
    assertBegins(
        "adaptation decay must be above 0 and at most 1", () -> new AdaptiveNeuron(PLAIN, 1, 0));
    assertBegins(
        "refractory steps must be a whole number of at least 1",
        () -> new RefractoryNeuron(PLAIN, 0));
    assertBegins(
        "refractory steps must be at most 16777216, got 16777217",
        () -> new RefractoryNeuron(PLAIN, (1 << 24) + 1));
  }

  /** −7 · 2048 / 4096 is −3.5, and 7 of them 3.5; both are cut off towards zero. */
  @Test
  void shouldLeakInWholeNumbersTowardsZero() {
    NeuronDynamics half =
        new IntegerNeuron(new int[] {10}, new int[] {2048}, true, new int[] {0}, new int[] {0});
    Neurons neuron = Neurons.of(half, 1, 1);
    double[] currents = {-7, 10, 4, 9};
    double[] membranes = {-3, 3, 3, 1};
    for (int t = 0; t < membranes.length; t++) {
      step(half, neuron, currents[t]);
      assertEquals(membranes[t], neuron.variable(0)[0], "step " + t);
    }
  }

  /** The same with the state counted from its initial value. */
  @Test
  void shouldStartEveryChannelOfWholeNumbersFromItsOwnValue() {
    NeuronDynamics halves =
        new IntegerNeuron(
            new int[] {10, 20}, new int[] {4096}, false, new int[] {2}, new int[] {5, 10});
    Neurons neurons = Neurons.of(halves, 2, 2);
    float[] excess = new float[2];
    neurons.variable(0)[0] += 6;
    neurons.variable(0)[1] += 6;
    halves.excess(neurons, excess);
    assertArrayEquals(new float[] {1, -4}, excess);
    neurons.fire(0);
    halves.reset(neurons);
    assertArrayEquals(new float[] {2 - 5, 6}, neurons.variable(0));
  }

  /** Five below, and one charge of six afterwards, is one above minus the threshold of two. */
  @Test
  void shouldNotFallBelowItsFloor() {
    int[] zero = {0};
    int[] none = {IntegerNeuron.NO_LEAK};
    NeuronDynamics deep = new IntegerNeuron(new int[] {2}, none, true, zero, zero);
    NeuronDynamics floored = new IntegerNeuron(new int[] {2}, none, true, zero, zero, true);
    assertEquals("000", spikes(deep, -5, 6, 1));
    assertEquals("011", spikes(floored, -5, 6, 1));
    Neurons neuron = Neurons.of(floored, 1, 1);
    step(floored, neuron, -5);
    assertEquals(-2, neuron.variable(0)[0]);
  }
}
