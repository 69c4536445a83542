package org.dl4jsnn.neuron;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.contract.Heterogeneous;
import org.junit.jupiter.api.Test;

class NeuronsTest {

  private static final SpikingNeuron MEMBRANE = new SpikingNeuron(1, 0.5, Reset.toZero(), 0.25);
  private static final SynapticNeuron SYNAPTIC = new SynapticNeuron(MEMBRANE, 0.75);

  @Test
  void shouldBeginWithTheirInitialValues() {
    Neurons neurons = Neurons.of(SYNAPTIC, 3, 1);
    assertEquals(3, neurons.count());
    assertArrayEquals(new float[3], neurons.variable(0));
    assertArrayEquals(new float[] {0.25f, 0.25f, 0.25f}, neurons.variable(1));
    assertEquals(0, neurons.firedCount());
    assertArrayEquals(new float[] {0.75f, 0.75f, 0.75f}, neurons.parameter(3));
    assertTrue(neurons.isEverywhere(3, 0.75));
    assertFalse(neurons.isEverywhere(3, 0.5));
  }

  @Test
  void shouldCopyTheirStateAndNothingThatFired() {
    Neurons neurons = Neurons.of(SYNAPTIC, 2, 1);
    neurons.variable(0)[1] = 3;
    neurons.variable(1)[0] = 4;
    neurons.fire(1);
    Neurons copy = neurons.copy();
    assertArrayEquals(new float[] {0, 3}, copy.variable(0));
    assertArrayEquals(new float[] {4, 0.25f}, copy.variable(1));
    assertEquals(0, copy.firedCount());
    copy.variable(0)[1] = 9;
    assertEquals(3, neurons.variable(0)[1]);
    assertArrayEquals(neurons.parameter(0), copy.parameter(0));
  }

  @Test
  void shouldTakeOverAnothersStateAndWhatFired() {
    Neurons other = Neurons.of(SYNAPTIC, 3, 1);
    other.variable(0)[1] = 3;
    other.fire(2);
    other.fire(0);
    Neurons neurons = Neurons.of(SYNAPTIC, 3, 1);
    neurons.set(other);
    assertEquals(3, neurons.variable(0)[1]);
    assertEquals(2, neurons.firedCount());
    assertEquals(2, neurons.fired(0));
    assertEquals(0, neurons.fired(1));
    neurons.clearFired();
    assertEquals(0, neurons.firedCount());
  }

  @Test
  void shouldStartFromAStateAndGiveItBack() {
    Neurons neurons = Neurons.of(SYNAPTIC, 2, 1);
    neurons.fire(0);
    neurons.start(new float[][] {{1, 2}, {3, 4}});
    assertEquals(0, neurons.firedCount());
    float[][] state = new float[2][2];
    neurons.copyTo(state);
    assertArrayEquals(new float[][] {{1, 2}, {3, 4}}, state);
    neurons.start(null);
    neurons.copyTo(state);
    assertArrayEquals(new float[][] {{0, 0}, {0.25f, 0.25f}}, state);
  }

  @Test
  void shouldRefuseNeuronsWithoutState() {
    NeuronDynamics none = new WithoutState();
    assertMessage(
        "a neuron must have at least one state variable, which takes the current, got none of "
            + none,
        () -> Neurons.of(none, 1, 1));
    assertEquals(List.of(), none.parameters());
    assertFalse(none.scalesWithThreshold());
  }

  /** 300 neurons are more than are differentiated at a time, and 7 channels do not divide 256. */
  @Test
  void shouldReadEveryChannelsParametersInEveryBlock() {
    int[] leaks = {1, 2, 3, 4, 5, 6, 7};
    int[] one = {1};
    IntegerNeuron neuron = new IntegerNeuron(one, leaks, true, one, one);
    LocalDerivatives at = new LocalDerivatives(neuron, 7, true);
    Neurons neurons = Neurons.of(neuron, 300, 7);
    float[] fired = new float[300];
    double[][] charged = new double[1][300];
    double[] spikes = new double[300];
    for (int i = 0; i < 300; i++) {
      neurons.variable(0)[i] = i;
      charged[0][i] = i;
      fired[i] = i % 2;
      spikes[i] = i % 2;
    }
    int first = LocalDerivatives.SIZE;
    assertEquals(LocalDerivatives.SIZE, at.move(neurons, fired, 0));
    assertBlock(at, 0);
    assertEquals(300 - first, at.move(neurons, fired, first));
    assertBlock(at, first);
    assertEquals(LocalDerivatives.SIZE, at.move(charged, spikes, 0));
    assertBlock(at, 0);
    assertEquals(300 - first, at.move(charged, spikes, first));
    assertBlock(at, first);
    assertEquals(0, at.learned().length);
  }

  private static void assertBlock(LocalDerivatives at, int first) {
    IntStream.range(0, at.count())
        .forEach(
            i -> {
              assertEquals(first + i, at.variable(0)[i]);
              assertEquals((first + i) % 2, at.spikes()[i]);
              assertEquals(1 + (first + i) % 7, at.parameter(1)[i], "neuron " + (first + i));
              assertEquals(1, at.parameter(0)[i]);
            });
  }

  /** One neuron more than there is room for would fail. */
  @Test
  void shouldDifferentiateAsManyNeuronsAsThereIsRoomForByLearnedParameters() {
    for (DifferentiableDynamics initial :
        List.of(
            MEMBRANE,
            SYNAPTIC,
            new AdaptiveNeuron(MEMBRANE, 0.5, 0.75),
            new RefractoryNeuron(MEMBRANE, 2))) {
      DifferentiableDynamics neuron = Heterogeneous.channels(initial, 4, 1);
      LocalDerivatives at = new LocalDerivatives(neuron, 4, true);
      int order = neuron.variables().size();
      int[] learned =
          IntStream.range(0, neuron.parameters().size())
              .filter(p -> neuron.parameters().get(p).isLearned())
              .toArray();
      assertTrue(learned.length > 0);
      assertArrayEquals(learned, at.learned());
      int size = LocalDerivatives.SIZE;
      assertEquals(size, at.move(new double[order][size], new double[size], 0));
    }
  }

  @Test
  void shouldRoundParametersToSinglePrecisionIfAsked() {
    SpikingNeuron neuron = SpikingNeuron.leakyIntegrateAndFire(1, 0.1);
    assertEquals((double) 0.1f, new LocalDerivatives(neuron, 1, true).parameter(1)[0]);
    assertEquals(0.1, new LocalDerivatives(neuron, 1, false).parameter(1)[0]);
  }

  @Test
  void shouldRefuseLearnedParametersWithoutDerivatives() {
    DifferentiableDynamics without = new WithoutDerivatives();
    LocalDerivatives at = new LocalDerivatives(without, 1, true);
    assertMessage(
        IllegalStateException.class,
        "a neuron with learned parameters must give its derivatives by them, got none of "
            + without,
        () -> without.differentiateByParameters(at));
    assertFalse(without.keepsExcessAtReset());
    assertTrue(without.isResetBySpike(0));
  }

  private static class WithoutState implements NeuronDynamics {

    private static final long serialVersionUID = 1L;

    @Override
    public List<StateVariable> variables() {
      return List.of();
    }

    @Override
    public double threshold() {
      return 1;
    }

    @Override
    public void excess(Neurons neurons, float[] excess) {}

    @Override
    public void reset(Neurons neurons) {}
  }

  private static final class WithoutDerivatives extends WithoutState
      implements DifferentiableDynamics {

    private static final long serialVersionUID = 1L;

    @Override
    public void differentiate(LocalDerivatives at) {}
  }
}
