package org.dl4jsnn.internal.simulate;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.internal.simulate.NamedSynapse.window;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.contract.SeparatePool;
import org.dl4jsnn.internal.contract.Cases;
import org.dl4jsnn.internal.contract.Heterogeneous;
import org.dl4jsnn.internal.host.Retention;
import org.dl4jsnn.internal.host.SimulationResult;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.neuron.AdLifNeuron;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.IntegerAdLifNeuron;
import org.dl4jsnn.neuron.IntegerAdaptiveNeuron;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.IntegerRefractoryNeuron;
import org.dl4jsnn.neuron.IntegerSynapticNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronState;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;
import org.dl4jsnn.property.CustomNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.PackedTrains;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.spike.TrainPieces;
import org.dl4jsnn.synapse.DenseSynapse;
import org.dl4jsnn.synapse.DepthwiseSynapse;
import org.dl4jsnn.synapse.Synapse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The law of pieces: a window in one call fires the same spikes and leaves the same state as the
 * window in any pieces, and as step by step, bit for bit, whatever the neuron, the layer, the
 * engine, the kernels and the number of threads. No sum of these weights is exact.
 *
 * <p>Each engine has its own class, so that the build can run them in parallel.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LawOfPiecesContract {

  private static final FeatureShape IMAGE = FeatureShape.image(3, 6, 8);
  private static final FeatureShape VECTOR = FeatureShape.vector(40);
  private static final int SAMPLES = 2;
  private static final int LONGEST = 129;
  private static final int[] LENGTHS = {1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129};

  record Engine(String name, SimulationEngine engine, DataType type) {
    @Override
    public String toString() {
      return name;
    }
  }

  Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    List<Engine> engines = engines();
    for (int engine = 0; engine < engines.size(); engine++) {
      List<NamedSynapse> layers = layers(engines.get(engine).type);
      for (int layer = 0; layer < layers.size(); layer++) {
        List<NeuronDynamics> neurons = neurons(layers.get(layer).synapse().outputShape());
        List<NeuronDynamics> included = new ArrayList<>();
        for (int neuron = 0; neuron < neurons.size(); neuron++) {
          // Every neuron in a third of the layers and every layer with a third of the neurons,
          // each in one of the engines.
          if (Cases.include(3 * engines.size(), engine, layer, neuron)) {
            included.add(neurons.get(neuron));
          }
        }
        cases.add(Arguments.of(engines.get(engine), layers.get(layer), included, layer));
      }
    }
    return cases.stream();
  }

  abstract List<Engine> engines();

  private static List<NamedSynapse> layers(DataType type) {
    Nd4j.getRandom().setSeed(21);
    Window2D three = window(3, 1, true);
    NamedSynapse.Weights weights = s -> normal(type, s.length == 1 ? 0.1 : 0.3, s);
    return List.of(
        NamedSynapse.dense("dense", VECTOR, 70, true, weights),
        NamedSynapse.dense("dense of an image", IMAGE, 9, false, s -> normal(type, 0.2, s)),
        NamedSynapse.convolution("3x3, several blocks", IMAGE, three, 100, true, weights),
        NamedSynapse.convolution("3x3, columns at once", IMAGE, three, 20, false, weights),
        NamedSynapse.convolution("2x2 stride 2", IMAGE, window(2, 2, false), 33, true, weights),
        new NamedSynapse(
            "depthwise 3x3",
            new DepthwiseSynapse(three, IMAGE, normal(type, 0.6, 6, 1, 3, 3), weights.of(6))),
        NamedSynapse.average("average 2x2", IMAGE, window(2, 2, false)),
        NamedSynapse.average("average 3x3 stride 1", IMAGE, window(3, 1, false)));
  }

  private static INDArray normal(DataType type, double deviation, long... shape) {
    return Nd4j.randn(type, shape).muli(deviation);
  }

  private static List<NeuronDynamics> neurons(FeatureShape shape) {
    return List.of(
        SpikingNeuron.integrateAndFire(0.75),
        new SpikingNeuron(0.9, 0.77, Reset.toZero(), 0),
        new SpikingNeuron(0.7, 0.9, Reset.bySubtraction(), 0.3),
        new SpikingNeuron(0.8, 1, Reset.to(-0.3), -0.1),
        new CustomNeuron(0.75, 1),
        new SynapticNeuron(new SpikingNeuron(0.7, 0.83, Reset.bySubtraction(), 0.125), 0.6),
        new AdaptiveNeuron(new SpikingNeuron(0.5, 0.9, Reset.bySubtraction(), 0.1), 0.3, 0.85),
        AdLifNeuron.of(AdLifNeuron.Form.EULER, 0.6, 0.9, 0.2, 0.3),
        AdLifNeuron.drawn(AdLifNeuron.Form.SYMPLECTIC, shape.channels(), 50),
        new RefractoryNeuron(new SpikingNeuron(0.6, 0.9, Reset.toZero(), -0.1), 3),
        new IntegerNeuron(new int[] {1}, new int[] {4096}, true, new int[] {0}, new int[] {0}),
        new IntegerNeuron(new int[] {2}, new int[] {3500}, false, new int[] {-1}, new int[] {1}),
        new IntegerSynapticNeuron(
            new IntegerNeuron(new int[] {2}, new int[] {3500}, true, new int[] {0}, new int[] {1}),
            new int[] {2900}),
        new IntegerAdaptiveNeuron(
            new IntegerNeuron(new int[] {2}, new int[] {3500}, true, new int[] {0}, new int[] {1}),
            new int[] {1},
            new int[] {3000}),
        new IntegerRefractoryNeuron(
            new IntegerNeuron(new int[] {2}, new int[] {3500}, false, new int[] {0}, new int[] {1}),
            2),
        new IntegerAdLifNeuron(
            AdLifNeuron.Form.SYMPLECTIC,
            new int[] {1},
            new int[] {50_000},
            new int[] {60_000},
            new int[] {9_000},
            new int[] {70}),
        Heterogeneous.channels(SpikingNeuron.leakyIntegrateAndFire(0.7, 0.8), shape.channels(), 51),
        Heterogeneous.channels(
            new SynapticNeuron(SpikingNeuron.leakyIntegrateAndFire(0.6, 0.8), 0.5),
            shape.channels(),
            52));
  }

  /** Spikes as lists and bit-packed, graded ones, and constant currents. */
  private static List<SpikeTrain> inputs(SimulationEngine engine, FeatureShape shape) {
    SpikeTrain constant = RandomTrains.constant(shape, SAMPLES, LONGEST, 6);
    if (engine instanceof ConstantCurrentEngine) {
      return List.of(constant);
    }
    return List.of(
        PackedTrains.of(RandomTrains.binary(shape, SAMPLES, LONGEST, 1)),
        RandomTrains.sparse(shape, SAMPLES, LONGEST, 5),
        RandomTrains.graded(shape, SAMPLES, LONGEST, 3),
        constant);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cases")
  void shouldFireTheSameInPieces(
      Engine engine, NamedSynapse layer, List<NeuronDynamics> neurons, int first) throws Exception {
    Random random = new Random(31);
    double activity = 0;
    // Begins elsewhere in every layer, so that each neuron meets all inputs and all lengths.
    int turn = first;
    List<SpikeTrain> inputs = inputs(engine.engine, layer.synapse().inputShape());
    for (NeuronDynamics neuron : neurons) {
      // Every form of input for several neurons; the dense engine turns all of them into the same
      // frames.
      int forms = engine.engine instanceof EventDrivenEngine ? 2 : 1;
      for (int form = 0; form < forms; form++) {
        SpikeTrain input = inputs.get(turn % inputs.size());
        activity += check(engine.engine, layer.synapse(), neuron, input, turn++, random);
      }
    }
    assertTrue(activity > 0, "a silent layer shows nothing");
  }

  /** Compares windows of many lengths with their pieces, and with the longest step by step. */
  private static double check(
      SimulationEngine engine,
      Synapse synapse,
      NeuronDynamics neuron,
      SpikeTrain input,
      int turn,
      Random random)
      throws Exception {
    int[] lengths = lengths(turn);
    int longest = lengths[lengths.length - 1];
    List<Integer> everyStep = IntStream.rangeClosed(1, longest).boxed().toList();
    Window steps = Window.in(engine, synapse, neuron, TrainPieces.of(input, 0, longest), everyStep);
    for (int length : lengths) {
      SpikeTrain window = TrainPieces.of(input, 0, length);
      Window whole = Window.in(engine, synapse, neuron, window, List.of(length));
      whole.requireBeginningOf(steps, length, () -> neuron + ", " + length + " steps one by one");
      List<Integer> cuts = cuts(length, random);
      Window pieces =
          SeparatePool.run(
              1 + random.nextInt(4), () -> Window.in(engine, synapse, neuron, window, cuts));
      whole.requireBeginningOf(
          pieces, length, () -> neuron + ", " + length + " steps cut at " + cuts);
    }
    return steps.activity();
  }

  private static int[] lengths(int turn) {
    return IntStream.range(0, LENGTHS.length)
        .filter(i -> Cases.include(5, turn, i))
        .map(i -> LENGTHS[i])
        .toArray();
  }

  /** The ends of some pieces, at random, the last being the end of the window. */
  private static List<Integer> cuts(int steps, Random random) {
    TreeSet<Integer> ends = new TreeSet<>(List.of(steps));
    for (int i = 0; i < 3; i++) {
      ends.add(1 + random.nextInt(steps));
    }
    return List.copyOf(ends);
  }

  /**
   * The spikes of a window, and for the end of every piece the state and the counts so far.
   *
   * @param words the bits of the spikes by sample, step after step
   * @param ends by the step after the piece
   * @param totals by the step after the piece
   */
  private record Window(
      int[][] words, Map<Integer, NeuronState> ends, Map<Integer, float[]> totals) {

    static Window in(
        SimulationEngine engine,
        Synapse synapse,
        NeuronDynamics neuron,
        SpikeTrain input,
        List<Integer> pieces) {
      int perStep = BitLayout.of(synapse.outputShape()).perStep();
      Window window =
          new Window(new int[SAMPLES][input.steps() * perStep], new HashMap<>(), new HashMap<>());
      float[] totals = new float[SAMPLES * synapse.outputShape().neurons()];
      NeuronState state = NeuronState.atRest();
      int first = 0;
      for (int end : pieces) {
        SpikeTrain arriving = TrainPieces.of(input, first, end);
        SimulationResult piece = engine.simulate(synapse, neuron, state, arriving, Retention.END);
        for (int sample = 0; sample < SAMPLES; sample++) {
          int[] words = ((BinarySpikeTrain) piece.spikes()).words(sample);
          System.arraycopy(words, 0, window.words[sample], first * perStep, words.length);
        }
        for (int i = 0; i < totals.length; i++) {
          totals[i] += piece.spikes().totals()[i];
        }
        state = piece.end();
        window.ends.put(end, state);
        window.totals.put(end, totals.clone());
        first = end;
      }
      return window;
    }

    double activity() {
      return Arrays.stream(words).flatMapToInt(Arrays::stream).map(Integer::bitCount).sum();
    }

    void requireBeginningOf(Window other, int length, Supplier<String> message) {
      for (int sample = 0; sample < SAMPLES; sample++) {
        int count = words[sample].length;
        assertArrayEquals(words[sample], Arrays.copyOf(other.words[sample], count), message);
      }
      assertArrayEquals(totals.get(length), other.totals.get(length), message);
      assertEquals(ends.get(length), other.ends.get(length), message);
    }
  }

  @Test
  void shouldRefuseTheStateOfOtherNeurons() {
    DenseSynapse synapse = (DenseSynapse) layers(DataType.FLOAT).get(0).synapse();
    SpikeTrain input = RandomTrains.binary(VECTOR, SAMPLES, 3, 1);
    NeuronDynamics neuron = SpikingNeuron.integrateAndFire(1);
    for (Engine engine : engines()) {
      if (engine.engine instanceof ConstantCurrentEngine) {
        continue; // takes no such input
      }
      assertBegins(
          "state must have 2 samples, got 1",
          () -> simulate(engine, synapse, neuron, new double[1][1][70], input));
      assertBegins(
          "state must have 1 variables, got 2",
          () -> simulate(engine, synapse, neuron, new double[2][2][70], input));
      assertBegins(
          "state must have 70 neurons, got 69",
          () -> simulate(engine, synapse, neuron, new double[2][1][69], input));
      double[][][] infinite = new double[2][1][70];
      infinite[1][0][5] = 1e300;
      assertBegins(
          "membrane of a state in single precision must be finite, got Infinity",
          () -> simulate(engine, synapse, neuron, infinite, input));
    }
  }

  private static void simulate(
      Engine engine, Synapse synapse, NeuronDynamics neuron, double[][][] state, SpikeTrain input) {
    engine.engine.simulate(synapse, neuron, NeuronState.of(state), input, Retention.NOTHING);
  }
}
