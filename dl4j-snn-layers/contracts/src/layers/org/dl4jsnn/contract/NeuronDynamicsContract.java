package org.dl4jsnn.contract;

import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.internal.contract.SavedLayers;
import org.dl4jsnn.internal.contract.Heterogeneous;
import org.dl4jsnn.neuron.StateVariable;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.simulate.Engines;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.DenseSynapse;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What every neuron keeps that knows its derivatives, on both engines, with one number for all
 * channels and with one each:
 *
 * <ul>
 *   <li>without input and from a membrane of zero it never fires;
 *   <li>causality: a current changes no spike before it;
 *   <li>both engines fire the same spikes, on any number of threads;
 *   <li>samples are independent;
 *   <li>it fires where what it compares is above its threshold, or is refractory;
 *   <li>if it says that it scales with its threshold, it does;
 *   <li>its derivatives, by state, spike and learnable parameters, are differences of its
 *       definition;
 *   <li>it is a value: it survives JSON, under the name of its class.
 * </ul>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class NeuronDynamicsContract {

  private static final List<String> ENGINES = List.of("event", "dense");
  private static final int STEPS = 40;
  private static final int SAMPLES = 3;
  private static final FeatureShape NEURONS = FeatureShape.vector(9);

  /** Neurons that differ in kind; those that begin at zero are silent without input. */
  protected abstract List<DifferentiableDynamics> neurons();

  /** The same neuron with another threshold; only for neurons that scale with it. */
  protected abstract DifferentiableDynamics withThreshold(DifferentiableDynamics neuron, double threshold);

  /** With one number for all channels, and with one each. */
  Stream<DifferentiableDynamics> all() {
    List<DifferentiableDynamics> all = new ArrayList<>(neurons());
    neurons().forEach(neuron -> all.add(Heterogeneous.channels(neuron, NEURONS.neurons(), 1)));
    return all.stream();
  }

  private static boolean beginsAtZero(NeuronDynamics neuron) {
    return neuron.variables().stream().allMatch(variable -> variable.initial() == 0);
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldStaySilentWithoutInput(DifferentiableDynamics neuron) {
    for (String engine : beginsAtZero(neuron) ? ENGINES : List.<String>of()) {
      float[][][] spikes = simulate(engine, neuron, Frames.zeros(NEURONS, SAMPLES, STEPS));
      assertEquals(0, Spikes.activity(spikes), engine);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldNotLookAhead(DifferentiableDynamics neuron) {
    INDArray frames = Frames.GRADED.random(NEURONS, SAMPLES, STEPS, 1);
    INDArray others = Frames.GRADED.random(NEURONS, SAMPLES, STEPS, 2);
    for (String engine : ENGINES) {
      float[][][] spikes = simulate(engine, neuron, frames);
      assertTrue(Spikes.activity(spikes) > 0, "a silent neuron shows nothing");
      for (int step : new int[] {1, 17, STEPS - 1}) {
        INDArray changed = Frames.spliced(frames, step, others);
        assertArrayEquals(
            Spikes.firstSteps(spikes, step),
            Spikes.firstSteps(simulate(engine, neuron, changed), step),
            engine + " before step " + step);
      }
    }
  }

  /** Every neuron, by default with one kind of input. */
  Stream<Arguments> simulated() {
    List<Frames> kinds = List.of(Frames.values());
    return Cases.crossed(kinds.size(), all().toList(), kinds);
  }

  @ParameterizedTest
  @MethodSource("simulated")
  void shouldFireTheSameOnBothEnginesAndAnyNumberOfThreads(
      DifferentiableDynamics neuron, Frames kind) throws Exception {
    INDArray frames = kind.random(NEURONS, SAMPLES, STEPS, 4);
    float[][][] expected = simulate("event", neuron, frames);
    assertArrayEquals(expected, simulate("dense", neuron, frames));
    for (String engine : ENGINES) {
      assertArrayEquals(
          expected, SeparatePool.run(3, () -> simulate(engine, neuron, frames)), engine);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldFollowAPermutationOfTheMinibatch(DifferentiableDynamics neuron) {
    int[] order = {2, 0, 1};
    INDArray frames = Frames.SIGNED.random(NEURONS, SAMPLES, STEPS, 5);
    for (String engine : ENGINES) {
      assertArrayEquals(
          Spikes.samples(simulate(engine, neuron, frames), order),
          simulate(engine, neuron, Frames.samples(frames, order)),
          engine);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldFireWhereTheMembraneIsAboveTheThreshold(DifferentiableDynamics neuron) {
    Neurons neurons = Neurons.of(neuron, NEURONS.neurons(), NEURONS.channels());
    Random random = new Random(3);
    int left =
        neuron.variables().stream()
            .map(StateVariable::name)
            .toList()
            .indexOf("refractory steps left");
    float[] excess = new float[neurons.count()];
    float[] membrane = new float[neurons.count()];
    float[] threshold = new float[neurons.count()];
    for (int step = 0; step < STEPS; step++) {
      for (int i = 0; i < neurons.count(); i++) {
        neurons.variable(0)[i] += 3 * random.nextFloat() - 1;
      }
      neuron.excess(neurons, excess);
      neuron.compare(neurons, membrane, threshold);
      neurons.clearFired();
      for (int i = 0; i < neurons.count(); i++) {
        boolean refractory = left >= 0 && neurons.variable(left)[i] > 0;
        boolean above = membrane[i] > threshold[i];
        assertEquals(excess[i] > 0, above && !refractory, "neuron " + i + ", step " + step);
        if (excess[i] > 0) {
          neurons.fire(i);
        }
      }
      neuron.reset(neurons);
    }
  }

  @ParameterizedTest
  @MethodSource("neurons")
  void shouldScaleWithTheThresholdIfItSaysSo(DifferentiableDynamics neuron) {
    if (!neuron.scalesWithThreshold()) {
      return;
    }
    INDArray frames = Frames.GRADED.random(NEURONS, SAMPLES, STEPS, 6);
    // A power of two, under which single precision scales exactly.
    assertArrayEquals(
        simulate("event", neuron, frames),
        simulate("event", withThreshold(neuron, 4 * neuron.threshold()), frames.mul(4)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void shouldHaveTheDerivativesOfItsDefinition(DifferentiableDynamics neuron) {
    checkDerivatives(neuron);
  }

  /**
   * Compares derivatives with differences of the definition; for neurons whose derivatives jump to
   * override.
   *
   * @param neuron the neuron
   */
  protected void checkDerivatives(DifferentiableDynamics neuron) {
    new DefinitionDifferences(neuron, NEURONS.neurons()).check();
  }

  @ParameterizedTest
  @MethodSource("neurons")
  void shouldBeAValueThatSurvivesJson(DifferentiableDynamics neuron) throws Exception {
    NeuronDynamics restored = SavedLayers.restored(neuron);
    assertEquals(neuron, restored);
    assertEquals(neuron.hashCode(), restored.hashCode());
    assertEquals(neuron.toString(), restored.toString());
    assertEquals(neuron.parameters(), restored.parameters());
  }

  /** Each neuron has its own synapse with weight 1, so the frames are the currents. */
  private static float[][][] simulate(String engine, NeuronDynamics neuron, INDArray frames) {
    int neurons = (int) frames.size(1);
    DenseSynapse synapse = new DenseSynapse(FeatureShape.vector(neurons), Nd4j.eye(neurons), null);
    return Spikes.of(
        Engines.named(engine, DataType.FLOAT)
            .simulate(synapse, neuron, SpikeEncoder.frames().encode(frames, NoiseKey.inference(0))));
  }
}
