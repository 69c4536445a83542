package org.dl4jsnn.internal.simulate;

import static org.dl4jsnn.internal.simulate.NamedSynapse.window;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.Unrecognised;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.PackedTrains;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.AverageSynapse;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every fast form of the built-in neuron (vectorised and plain kernels, bit planes, constant
 * currents, ND4J's operations) gives the bits of its definition: the same spikes and the same state
 * as the same neuron that no engine recognises. No sum of these weights is exact.
 */
class DefinitionTest {

  private static final FeatureShape IMAGE = FeatureShape.image(3, 6, 8);
  private static final FeatureShape VECTOR = FeatureShape.vector(40);
  private static final int SAMPLES = 3;
  private static final int STEPS = 33;

  static Stream<Arguments> cases() {
    List<SimulationEngine> engines = new ArrayList<>();
    engines.add(new EventDrivenEngine(Kernels.named("plain")));
    if (Kernels.vectorModulePresent()) {
      engines.add(new EventDrivenEngine(Kernels.named("vector")));
    }
    engines.add(new ConstantCurrentEngine());
    engines.add(new DenseEngine(DataType.FLOAT));
    List<Arguments> cases = new ArrayList<>();
    List<SpikingNeuron> neurons = neurons();
    for (SimulationEngine engine : engines) {
      for (int neuron = 0; neuron < neurons.size(); neuron++) {
        cases.add(Arguments.of(engine, neurons.get(neuron), neuron));
      }
    }
    return cases.stream();
  }

  private static List<SpikingNeuron> neurons() {
    return List.of(
        SpikingNeuron.integrateAndFire(0.75),
        SpikingNeuron.integrateAndFire(0.9),
        new SpikingNeuron(0.9, 0.77, Reset.toZero(), 0),
        new SpikingNeuron(0.7, 0.9, Reset.bySubtraction(), 0.3),
        new SpikingNeuron(0.7, 1, Reset.bySubtraction(), 2.9),
        new SpikingNeuron(0.8, 1, Reset.to(-0.3), -0.1),
        new SpikingNeuron(0.8, 0.6, Reset.to(0.2), 1.5));
  }

  private static List<Synapse> synapses() {
    Nd4j.getRandom().setSeed(41);
    return List.of(
        new DenseSynapse(VECTOR, normal(0.3, 40, 70), normal(0.1, 70)),
        new ConvolutionSynapse(
            window(3, 1, true), IMAGE, normal(0.3, 100, 3, 3, 3), normal(0.1, 100)),
        new ConvolutionSynapse(window(3, 1, true), IMAGE, normal(0.3, 20, 3, 3, 3), null),
        new ConvolutionSynapse(window(2, 2, false), IMAGE, normal(0.3, 9, 3, 2, 2), null),
        new AverageSynapse(new PoolingWindows(window(2, 2, false), IMAGE)),
        new AverageSynapse(new PoolingWindows(window(3, 1, false), IMAGE)));
  }

  private static INDArray normal(double deviation, long... shape) {
    return Nd4j.randn(shape).muli(deviation);
  }

  /** The event-driven kernels take a constant current spike by spike, and are not given one. */
  private static List<SpikeTrain> inputs(SimulationEngine engine, FeatureShape shape) {
    SpikeTrain constant = RandomTrains.constant(shape, SAMPLES, STEPS, 6);
    if (engine instanceof ConstantCurrentEngine) {
      return List.of(constant);
    }
    return List.of(
        PackedTrains.of(RandomTrains.binary(shape, SAMPLES, STEPS, 1)),
        RandomTrains.sparse(shape, SAMPLES, STEPS, 5),
        RandomTrains.graded(shape, SAMPLES, STEPS, 3));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldGiveTheBitsOfTheDefinition(SimulationEngine engine, SpikingNeuron neuron, int which) {
    long spikes = 0;
    List<Synapse> synapses = synapses();
    for (int s = 0; s < synapses.size(); s++) {
      Synapse synapse = synapses.get(s);
      List<SpikeTrain> inputs = inputs(engine, synapse.inputShape());
      for (int i = 0; i < inputs.size(); i++) {
        if (!Cases.include(inputs.size(), which, s, i)) {
          continue;
        }
        SpikeTrain input = inputs.get(i);
        NeuronState rest = NeuronState.atRest();
        SimulationResult fast = engine.simulate(synapse, neuron, rest, input, Retention.END);
        SimulationResult defined =
            engine.simulate(synapse, new Unrecognised(neuron), rest, input, Retention.END);
        for (int sample = 0; sample < SAMPLES; sample++) {
          int[] words = ((BinarySpikeTrain) fast.spikes()).words(sample);
          assertArrayEquals(((BinarySpikeTrain) defined.spikes()).words(sample), words);
          spikes += Arrays.stream(words).map(Integer::bitCount).sum();
        }
        assertArrayEquals(defined.spikes().totals(), fast.spikes().totals());
        assertState(defined.end(), fast.end());
      }
    }
    assertTrue(spikes > 0, "a silent layer shows nothing");
  }

  /** Up to the sign of zero, which no later step can tell. */
  private static void assertState(NeuronState expected, NeuronState actual) {
    for (int sample = 0; sample < SAMPLES; sample++) {
      double[] membranes = actual.variable(sample, 0);
      for (int i = 0; i < membranes.length; i++) {
        assertEquals(expected.variable(sample, 0)[i] + 0.0, membranes[i] + 0.0, "neuron " + i);
      }
    }
  }
}
