package org.dl4jsnn.neuron;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dl4jsnn.contract.Frames;
import org.dl4jsnn.contract.SavedLayers;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.simulate.Engines;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.DenseSynapse;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What holds for every neuron, with any reset, on both engines:
 *
 * <ul>
 *   <li>without input and from a membrane of zero it never fires;
 *   <li>causality: a current changes no spike before it;
 *   <li>spikes are 0 or 1, and a rate is their share of the steps, with every parameter at its
 *       smallest, tiny, at its largest and random; both engines fire the same ones;
 *   <li>without leak, a stronger constant positive current never fires less;
 *   <li>samples are independent: spikes follow a permutation of the minibatch;
 *   <li>it is a value: equal ones are equal, have equal hash codes and survive JSON.
 * </ul>
 *
 * <p>Each neuron has its own synapse with weight 1, so the frames are the currents.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SpikingNeuronContract {

  private static final List<String> ENGINES = List.of("event", "dense");
  private static final int STEPS = 40;
  private static final int SAMPLES = 3;
  private static final FeatureShape NEURONS = FeatureShape.vector(9);

  /** The resets for a threshold, all that differ in kind. */
  abstract List<Reset> resets(double threshold);

  /** Engines and neurons whose membrane starts at zero. */
  Stream<Arguments> ordinary() {
    List<Arguments> cases = new ArrayList<>();
    for (String engine : ENGINES) {
      for (double threshold : new double[] {1, 0.75}) {
        for (Reset reset : resets(threshold)) {
          for (double leak : new double[] {1, 0.875}) {
            cases.add(Arguments.of(engine, new SpikingNeuron(threshold, leak, reset, 0)));
          }
        }
      }
    }
    return cases.stream();
  }

  /** Neurons with parameters at their ends, tiny ones and random ones. */
  Stream<SpikingNeuron> extremes() {
    List<SpikingNeuron> neurons = new ArrayList<>();
    for (double threshold : new double[] {Float.MIN_VALUE, 1e-30, 1, Float.MAX_VALUE}) {
      for (double leak : new double[] {Double.MIN_VALUE, 1e-30, 1}) {
        for (double membrane : new double[] {-Float.MAX_VALUE, 1e-30, Float.MAX_VALUE}) {
          resets(threshold)
              .forEach(reset -> neurons.add(new SpikingNeuron(threshold, leak, reset, membrane)));
        }
      }
    }
    Random random = new Random(3);
    for (int i = 0; i < 20; i++) {
      double threshold = 0.1 + 2 * random.nextDouble();
      double leak = 1 - random.nextDouble();
      double membrane = random.nextGaussian();
      resets(threshold)
          .forEach(reset -> neurons.add(new SpikingNeuron(threshold, leak, reset, membrane)));
    }
    return neurons.stream();
  }

  @ParameterizedTest
  @MethodSource("ordinary")
  void shouldStaySilentWithoutInput(String engine, SpikingNeuron neuron) {
    SpikeTrain spikes = simulate(engine, neuron, Frames.zeros(NEURONS, SAMPLES, STEPS));
    assertEquals(0, Spikes.activity(Spikes.of(spikes)));
    assertArrayEquals(new float[SAMPLES * NEURONS.neurons()], spikes.totals());
  }

  @ParameterizedTest
  @MethodSource("ordinary")
  void shouldNotLookAhead(String engine, SpikingNeuron neuron) {
    INDArray frames = Frames.GRADED.random(NEURONS, SAMPLES, STEPS, 1);
    INDArray others = Frames.GRADED.random(NEURONS, SAMPLES, STEPS, 2);
    float[][][] spikes = Spikes.of(simulate(engine, neuron, frames));
    assertTrue(Spikes.activity(spikes) > 0, "a silent neuron shows nothing");
    for (int step : new int[] {1, 17, STEPS - 1}) {
      INDArray changed = Frames.spliced(frames, step, others);
      assertArrayEquals(
          Spikes.firstSteps(spikes, step),
          Spikes.firstSteps(Spikes.of(simulate(engine, neuron, changed)), step),
          "before step " + step);
    }
  }

  @ParameterizedTest
  @MethodSource("extremes")
  void shouldFireTheSameZerosAndOnesOnBothEngines(SpikingNeuron neuron) {
    for (Frames kind : Frames.values()) {
      INDArray frames = kind.random(NEURONS, SAMPLES, STEPS, 4);
      float[][][] spikes = Spikes.of(simulate("event", neuron, frames));
      for (float[][] sample : spikes) {
        for (float[] step : sample) {
          for (float amplitude : step) {
            assertTrue(amplitude == 0 || amplitude == 1, "a spike of " + amplitude);
          }
        }
      }
      assertArrayEquals(spikes, Spikes.of(simulate("dense", neuron, frames)), kind.name());
    }
  }

  @ParameterizedTest
  @MethodSource("ordinary")
  void shouldNotFireLessForAStrongerCurrent(String engine, SpikingNeuron neuron) {
    SpikingNeuron withoutLeak =
        new SpikingNeuron(neuron.threshold(), 1, neuron.reset(), neuron.initialMembrane());
    int currents = 130;
    INDArray strengths = Nd4j.linspace(1, currents, currents, DataType.FLOAT).div(64);
    INDArray frames = Nd4j.ones(1, currents, STEPS).mul(strengths.reshape(1, currents, 1));
    float[] counts = simulate(engine, withoutLeak, frames).totals();
    assertTrue(counts[currents - 1] > 0, "a silent neuron shows nothing");
    for (int i = 1; i < currents; i++) {
      assertTrue(counts[i - 1] <= counts[i], "at a current of " + (i + 1) / 64.0);
    }
  }

  @ParameterizedTest
  @MethodSource("ordinary")
  void shouldFollowAPermutationOfTheMinibatch(String engine, SpikingNeuron neuron) {
    int[] order = {2, 0, 1};
    INDArray frames = Frames.SIGNED.random(NEURONS, SAMPLES, STEPS, 5);
    assertArrayEquals(
        Spikes.samples(Spikes.of(simulate(engine, neuron, frames)), order),
        Spikes.of(simulate(engine, neuron, Frames.samples(frames, order))));
  }

  @ParameterizedTest
  @MethodSource("extremes")
  void shouldBeAValueThatSurvivesJson(SpikingNeuron neuron) throws Exception {
    NeuronDynamics restored = SavedLayers.restored(neuron);
    assertEquals(neuron, restored);
    assertEquals(neuron.hashCode(), restored.hashCode());
    assertEquals(neuron.toString(), restored.toString());
  }

  private static SpikeTrain simulate(String engine, SpikingNeuron neuron, INDArray frames) {
    int neurons = (int) frames.size(1);
    DenseSynapse synapse = new DenseSynapse(FeatureShape.vector(neurons), Nd4j.eye(neurons), null);
    SpikeTrain currents = SpikeEncoder.frames().encode(frames, NoiseKey.inference(0));
    return Engines.named(engine, DataType.FLOAT).simulate(synapse, neuron, currents);
  }
}
