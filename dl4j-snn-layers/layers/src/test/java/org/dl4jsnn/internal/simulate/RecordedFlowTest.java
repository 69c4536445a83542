package org.dl4jsnn.internal.simulate;

import static org.dl4jsnn.internal.simulate.NamedSynapse.window;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.internal.host.RecordedFlow;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.PackedTrains;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.AverageSynapse;
import org.dl4jsnn.synapse.ConvolutionSynapse;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The accumulated flow that a simulation records is what the synapses compute from the accumulated
 * spikes. All sums of these weights are exact.
 */
class RecordedFlowTest {

  private static final FeatureShape IMAGE = FeatureShape.image(3, 6, 8);
  private static final int SAMPLES = 3;
  private static final int STEPS = 37;

  static Stream<Arguments> cases() {
    List<SimulationEngine> engines = new ArrayList<>();
    engines.add(new EventDrivenEngine(Kernels.named("plain")));
    if (Kernels.vectorModulePresent()) {
      engines.add(new EventDrivenEngine(Kernels.named("vector")));
    }
    List<Arguments> cases = new ArrayList<>();
    for (SimulationEngine engine : engines) {
      for (Synapse synapse : synapses()) {
        for (SpikingNeuron neuron : neurons(synapse)) {
          cases.add(Arguments.of(engine, synapse, neuron));
        }
      }
    }
    return cases.stream();
  }

  private static List<Synapse> synapses() {
    Nd4j.getRandom().setSeed(5);
    return List.of(
        new DenseSynapse(IMAGE, weights(144, 70), weights(70)),
        new ConvolutionSynapse(window(3, 1, true), IMAGE, weights(100, 3, 3, 3), null),
        new ConvolutionSynapse(window(3, 1, true), IMAGE, weights(20, 3, 3, 3), weights(20)),
        new ConvolutionSynapse(window(2, 2, false), IMAGE, weights(33, 3, 2, 2), null),
        new AverageSynapse(new PoolingWindows(window(2, 2, false), IMAGE)));
  }

  private static INDArray weights(long... shape) {
    INDArray normal = Nd4j.randn(DataType.FLOAT, shape).muli(16);
    return Nd4j.math().round(normal).divi(64);
  }

  private static List<SpikingNeuron> neurons(Synapse synapse) {
    SpikingNeuron published = SpikingNeuron.integrateAndFire(0.75);
    return synapse.isWeighted()
        ? List.of(
            published,
            new SpikingNeuron(0.75, 1, Reset.to(-0.25), 0.5),
            new SpikingNeuron(0.75, 1, Reset.bySubtraction(), -0.5))
        : List.of(published);
  }

  /** Spikes in words, as lists, and graded ones. */
  private static List<SpikeTrain> inputs(Synapse synapse) {
    SpikeTrain packed = PackedTrains.of(RandomTrains.binary(IMAGE, SAMPLES, STEPS, 1));
    return synapse.isWeighted()
        ? List.of(
            packed,
            RandomTrains.sparse(IMAGE, SAMPLES, STEPS, 2),
            RandomTrains.signed(IMAGE, SAMPLES, STEPS, 3))
        : List.of(packed);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldBeWhatTheSynapsesMakeOfTheSpikes(
      SimulationEngine engine, Synapse synapse, SpikingNeuron neuron) {
    for (SpikeTrain input : inputs(synapse)) {
      SimulationResult result =
          engine.simulate(synapse, neuron, NeuronState.atRest(), input, Retention.FLOW);
      assertNotNull(result.flow());
      RecordedFlow expected = flow(synapse, input, result.spikes());
      assertArrayEquals(expected.gates(), result.flow().gates());
      assertEquals(expected.in(), result.flow().in());
      assertEquals(expected.out(), result.flow().out());
    }
  }

  private static RecordedFlow flow(Synapse synapse, SpikeTrain input, SpikeTrain output) {
    INDArray spikesIn = array(input);
    INDArray current = Nd4j.create(DataType.FLOAT, synapse.outputShape().arrayShape(SAMPLES));
    synapse.current(spikesIn, STEPS, current);
    return FlowArrayRecorder.record(current, array(output), synapse.isWeighted());
  }

  private static INDArray array(SpikeTrain train) {
    return Nd4j.create(train.totals(), train.shape().arrayShape(SAMPLES), 'c');
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldFireTheSameSpikesWithoutIt(
      SimulationEngine engine, Synapse synapse, SpikingNeuron neuron) {
    for (SpikeTrain input : inputs(synapse)) {
      SimulationResult with =
          engine.simulate(synapse, neuron, NeuronState.atRest(), input, Retention.FLOW);
      assertArrayEquals(engine.simulate(synapse, neuron, input).totals(), with.spikes().totals());
    }
  }

  @Test
  void shouldLeaveLeakyNeuronsToTheSynapses() {
    Synapse synapse = synapses().get(0);
    SpikingNeuron leaky = new SpikingNeuron(0.75, 0.5, Reset.toZero(), 0);
    SpikeTrain input = inputs(synapse).get(0);
    assertNull(
        new EventDrivenEngine()
            .simulate(synapse, leaky, NeuronState.atRest(), input, Retention.FLOW)
            .flow());
  }
}
