package org.dl4jsnn.internal.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.neuron.CustomIntegrateAndFire;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.StateVariable;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.AverageSynapse;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Custom neurons in the event-driven engine. */
class CustomNeuronsTest {

  private static final FeatureShape IMAGE = FeatureShape.image(3, 9, 8);
  private static final int MINIBATCH = 3;
  private static final int STEPS = 12;
  private static final NeuronDynamics OWN = new CustomIntegrateAndFire(0.75);

  static Stream<Arguments> cases() {
    Window2D.Axis three = new Window2D.Axis(3, 1, 0, 1, true);
    Window2D.Axis two = new Window2D.Axis(2, 2, 0, 1, false);
    List<Synapse> synapses =
        List.of(
            new ConvolutionSynapse(
                new Window2D(three, three),
                IMAGE,
                RandomTrains.weights(7, 70, 3, 3, 3),
                RandomTrains.weights(8, 70)),
            new AverageSynapse(new PoolingWindows(new Window2D(two, two), IMAGE)),
            new DenseSynapse(IMAGE, RandomTrains.weights(5, IMAGE.neurons(), 40), null));
    List<SpikeTrain> inputs =
        List.of(
            RandomTrains.binary(IMAGE, MINIBATCH, STEPS, 1),
            RandomTrains.graded(IMAGE, MINIBATCH, STEPS, 3),
            RandomTrains.constant(IMAGE, MINIBATCH, STEPS, 6));
    return synapses.stream()
        .flatMap(synapse -> inputs.stream().map(input -> Arguments.of(synapse, input)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldFireTheSameSpikesAsTheBuiltInNeuronInACustomNeuron(Synapse synapse, SpikeTrain input) {
    SpikeTrain expected =
        new EventDrivenEngine().simulate(synapse, SpikingNeuron.integrateAndFire(0.75), input);
    SpikeTrain actual = new EventDrivenEngine().simulate(synapse, OWN, input);
    for (int step = 0; step < STEPS; step++) {
      assertEquals(
          DenseReference.frame(expected, step), DenseReference.frame(actual, step), "step " + step);
    }
    assertArrayEquals(expected.totals(), actual.totals());
    assertTrue(actual.density() > 0, "a silent layer shows nothing");
  }

  @Test
  void shouldFireTheSameOnAnyNumberOfThreads() {
    Synapse synapse = new DenseSynapse(IMAGE, RandomTrains.weights(5, IMAGE.neurons(), 40), null);
    SpikeTrain input = RandomTrains.binary(IMAGE, MINIBATCH, STEPS, 1);
    EventDrivenEngine engine = new EventDrivenEngine();
    ForkJoinPool pool = new ForkJoinPool(3);
    try {
      assertArrayEquals(
          engine.simulate(synapse, OWN, input).totals(),
          pool.submit(() -> engine.simulate(synapse, OWN, input)).join().totals());
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void shouldPassOnWhatTheDynamicsThrow() {
    Synapse synapse = new DenseSynapse(IMAGE, RandomTrains.weights(5, IMAGE.neurons(), 4), null);
    SpikeTrain input = RandomTrains.binary(IMAGE, MINIBATCH, STEPS, 1);
    EventDrivenEngine engine = new EventDrivenEngine();
    NeuronDynamics broken = new Broken();
    Throwable failure =
        assertThrows(IllegalStateException.class, () -> engine.simulate(synapse, broken, input));
    assertTrue(failure.getMessage().contains("the neuron"), failure.getMessage());
    while (failure.getCause() != null) {
      failure = failure.getCause();
    }
    assertEquals("no neurons today", failure.getMessage());
  }

  private record Broken() implements NeuronDynamics {

    private static final long serialVersionUID = 1L;

    @Override
    public List<StateVariable> variables() {
      throw new IllegalStateException("no neurons today");
    }

    @Override
    public double threshold() {
      return 1;
    }

    @Override
    public void excess(Neurons neurons, float[] excess) {
      throw new IllegalStateException("no neurons today");
    }

    @Override
    public void reset(Neurons neurons) {
      throw new IllegalStateException("no neurons today");
    }
  }
}
