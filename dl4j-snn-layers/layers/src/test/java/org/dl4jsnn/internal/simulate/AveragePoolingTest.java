package org.dl4jsnn.internal.simulate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.kernel.BitmapAverage;
import org.dl4jsnn.internal.kernel.KernelNeuron;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.PackedTrains;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.AverageSynapse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Average pooling on bit planes against the dense engine, for all kinds of neurons. */
class AveragePoolingTest {

  /** A plane and some channels of the next; a row and a column that no window covers. */
  private static final FeatureShape INPUT = FeatureShape.image(BitLayout.WORD + 5, 7, 9);

  private static final FeatureShape OUTPUT = FeatureShape.image(BitLayout.WORD + 5, 3, 4);
  private static final int SAMPLES = 2;
  private static final int STEPS = 40;
  private static final List<Double> THRESHOLDS = List.of(0.25, 0.5, 0.7, 0.75, 1.0, 1.25, 3.0);
  private static final List<Reset> RESETS =
      List.of(Reset.toZero(), Reset.to(-1.25), Reset.to(0.25), Reset.bySubtraction());

  private final SimulationEngine dense = new DenseEngine(DataType.FLOAT);
  private final SimulationEngine event = new EventDrivenEngine();
  private final AverageSynapse synapse = synapse();

  private static AverageSynapse synapse() {
    Window2D.Axis axis = new Window2D.Axis(2, 2, 0, 1, false);
    return new AverageSynapse(new PoolingWindows(new Window2D(axis, axis), INPUT));
  }

  static List<Double> thresholds() {
    return THRESHOLDS;
  }

  @ParameterizedTest
  @MethodSource("thresholds")
  void shouldFireAsDefined(double threshold) {
    int onPlanes = 0;
    SpikeTrain some = train(0.3);
    SpikeTrain many = train(0.95);
    SpikeTrain more = train(0.6);
    double[] initial = {0, 0.375, threshold / 2, -0.75, 0.1};
    int which = THRESHOLDS.indexOf(threshold);
    for (int reset = 0; reset < RESETS.size(); reset++) {
      for (int i = 0; i < initial.length; i++) {
        SpikingNeuron neuron = new SpikingNeuron(threshold, 1, RESETS.get(reset), initial[i]);
        onPlanes += isOnPlanes(neuron, List.of()) ? 1 : 0;
        if (Cases.include(2, which, reset, i)) {
          int turn = which + reset + i / 2;
          same(neuron, NeuronState.atRest(), some, turn);
          same(neuron, NeuronState.atRest(), many, turn + 1);
          NeuronState end =
              event.simulate(synapse, neuron, NeuronState.atRest(), some, Retention.END).end();
          same(neuron, end, more, turn + 2);
        }
      }
    }
    int least = threshold == 0.7 ? 3 : 8;
    assertTrue(onPlanes >= least, "on bit planes: " + onPlanes);
  }

  private static boolean isOnPlanes(SpikingNeuron neuron, List<float[]> start) {
    return BitmapAverage.of(INPUT, OUTPUT, KernelNeuron.of(neuron), STEPS, start).isPresent();
  }

  private static SpikeTrain train(double rate) {
    Nd4j.getRandom().setSeed(3);
    INDArray uniform = Nd4j.rand(DataType.FLOAT, INPUT.arrayShape(SAMPLES));
    return PackedTrains.of(
        SpikeEncoder.poisson(STEPS, 2 * rate).encode(uniform, NoiseKey.training(3, 0)));
  }

  private void same(SpikingNeuron neuron, NeuronState start, SpikeTrain input) {
    for (Retention kept : Retention.values()) {
      same(neuron, start, input, kept);
    }
  }

  /** With one of what may be kept, in turn. */
  private void same(SpikingNeuron neuron, NeuronState start, SpikeTrain input, int turn) {
    for (Retention kept : Retention.values()) {
      if (Cases.include(Retention.values().length, turn, kept.ordinal())) {
        same(neuron, start, input, kept);
      }
    }
  }

  private void same(SpikingNeuron neuron, NeuronState start, SpikeTrain input, Retention kept) {
    SimulationResult expected = dense.simulate(synapse, neuron, start, input, kept);
    SimulationResult actual = event.simulate(synapse, neuron, start, input, kept);
    assertArrayEquals(Spikes.of(expected.spikes()), Spikes.of(actual.spikes()), neuron::toString);
    if (kept == Retention.END) {
      assertEquals(expected.end(), actual.end(), neuron::toString);
    }
    if (expected.flow() != null) {
      assertTrue(Arrays.deepEquals(expected.flow().gates(), actual.flow().gates()));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldBeginWithAnyMembranes(boolean whole) {
    Random random = new Random(5);
    double[][][] membranes = new double[SAMPLES][1][OUTPUT.neurons()];
    for (double[][] sample : membranes) {
      Arrays.setAll(
          sample[0],
          neuron -> whole ? (random.nextInt(41) - 20) / 4.0 : (float) random.nextGaussian());
    }
    for (Reset reset : RESETS) {
      SpikingNeuron neuron = new SpikingNeuron(0.75, 1, reset, 0.5);
      NeuronState start = NeuronState.of(membranes);
      assertEquals(whole, isOnPlanes(neuron, List.of(start.singles(0)[0], start.singles(1)[0])));
      same(neuron, start, train(0.3));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.75, 3})
  void shouldLeaveLeakyNeuronsToOtherSimulations(double threshold) {
    SpikingNeuron leaky = new SpikingNeuron(threshold, 0.5, Reset.toZero(), 0);
    assertTrue(!isOnPlanes(leaky, List.of()));
    same(leaky, NeuronState.atRest(), train(0.3));
  }
}
