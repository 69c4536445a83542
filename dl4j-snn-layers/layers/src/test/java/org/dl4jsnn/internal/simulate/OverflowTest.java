package org.dl4jsnn.internal.simulate;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.dl4jsnn.charge.PoolingWindows;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.contract.SeparatePool;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.encode.SpikeEncoder;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.noise.NoiseKey;
import org.dl4jsnn.property.CustomNeuron;
import org.dl4jsnn.spike.ConstantSpikeTrain;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Membranes that leave single precision: every engine and kernel says so in the same words. */
class OverflowTest {

  private static final float MAX = Float.MAX_VALUE;
  private static final int SAMPLES = 3;

  /** The sample with the large inputs; the others are silent. */
  private static final int LOUD = 1;

  private static final FeatureShape VECTOR = FeatureShape.vector(2);
  private static final FeatureShape IMAGE = FeatureShape.image(2, 2, 2);

  /** What the two inputs of a neuron are, step by step; one has the weight MAX, the other −MAX. */
  private record Inputs(float[] excitatory, float[] inhibitory) {

    SpikeTrain train(FeatureShape shape) {
      int steps = excitatory.length;
      INDArray frames = Nd4j.zeros(SAMPLES, 2, steps, shape.height(), shape.width());
      for (int step = 0; step < steps; step++) {
        frames.putScalar(new int[] {LOUD, 0, step, 0, 0}, excitatory[step]);
        frames.putScalar(new int[] {LOUD, 1, step, 0, 0}, inhibitory[step]);
      }
      INDArray features = shape.spatial() ? frames : frames.reshape(SAMPLES, 2, steps);
      return SpikeEncoder.frames().encode(features, NoiseKey.inference(0));
    }
  }

  private static Inputs inputs(double e0, double e1, double e2, double i0, double i1, double i2) {
    return new Inputs(
        new float[] {(float) e0, (float) e1, (float) e2},
        new float[] {(float) i0, (float) i1, (float) i2});
  }

  private static Synapse dense(int outputs) {
    INDArray weights = Nd4j.ones(2, outputs).muli(MAX);
    weights.getRow(1).negi();
    return new DenseSynapse(VECTOR, weights, null);
  }

  private static Synapse convolution(int outputs) {
    Window2D.Axis one = new Window2D.Axis(1, 1, 0, 1, true);
    INDArray weights = Nd4j.ones(outputs, 2, 1, 1).muli(MAX);
    weights.slice(1, 1).negi();
    return new ConvolutionSynapse(new Window2D(one, one), IMAGE, weights, null);
  }

  private static SpikingNeuron neuron(boolean soft, double leak) {
    return new SpikingNeuron(1, leak, soft ? Reset.bySubtraction() : Reset.toZero(), 0);
  }

  static List<SimulationEngine> engines() {
    List<SimulationEngine> engines = new ArrayList<>();
    engines.add(new DenseEngine(DataType.FLOAT));
    engines.add(new DenseEngine(DataType.DOUBLE));
    engines.add(new EventDrivenEngine(Kernels.named("plain")));
    if (Kernels.vectorModulePresent()) {
      engines.add(new EventDrivenEngine(Kernels.named("vector")));
    }
    return engines;
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(inputs(0, 2, 0, 0, 0, 0), false, "Infinity", 1),
        Arguments.of(inputs(0, 2, 0, 0, 0, 0), true, "Infinity", 1),
        Arguments.of(inputs(0, 0, 0, 0, 0, 2), false, "-Infinity", 2),
        Arguments.of(inputs(0, 0, 0, 0.6, 0.6, 0), false, "-Infinity", 1),
        Arguments.of(inputs(0, 2, 0, 0, 2, 0), false, "NaN", 1),
        Arguments.of(inputs(0, 2, 0, 0, 2, 0), true, "NaN", 1),
        Arguments.of(inputs(0.6, 0.6, 0, 0, 0, 0), true, "Infinity", 1));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void shouldRefuseMembranesThatLeaveSinglePrecision(
      Inputs inputs, boolean soft, String value, int step) {
    String expected = Outcome.refusal(value, 0, step, LOUD);
    for (SimulationEngine engine : engines()) {
      for (int outputs : new int[] {3, 16, 33, 64}) {
        SpikingNeuron neuron = neuron(soft, 1);
        assertEquals(expected, Outcome.of(engine, dense(outputs), neuron, inputs.train(VECTOR)));
        assertEquals(
            expected, Outcome.of(engine, convolution(outputs), neuron, inputs.train(IMAGE)));
      }
    }
  }

  static Stream<Inputs> anyInputs() {
    return Stream.of(
        inputs(1, 1, 1, 0, 0, 0),
        inputs(0.6, 0.6, 0, 0, 1, 1),
        inputs(0, 0, 1, 0.7, 0.7, 0),
        inputs(1, 0, 1, 0, 1, 0),
        inputs(1e-38, 1, 0, 1, 0, 2e-38));
  }

  @ParameterizedTest
  @MethodSource("anyInputs")
  void shouldEndTheSameInEveryEngine(Inputs inputs) {
    for (double leak : new double[] {1, 0.5, 0.1}) {
      for (boolean soft : new boolean[] {false, true}) {
        for (int outputs : new int[] {3, 16, 33, 64}) {
          String expected = null;
          for (SimulationEngine engine : engines()) {
            String outcome =
                Outcome.of(engine, dense(outputs), neuron(soft, leak), inputs.train(VECTOR));
            expected = expected == null ? outcome : expected;
            assertEquals(expected, outcome);
          }
        }
      }
    }
  }

  /** A hard reset forgets the first charge before the second one arrives. */
  @Test
  void shouldSimulateLargeMembranesThatStayFinite() {
    SpikeTrain input = inputs(1, 1, 1, 0, 0, 0).train(VECTOR);
    for (SimulationEngine engine : engines()) {
      SpikeTrain output = engine.simulate(dense(3), neuron(false, 1), input);
      assertArrayEquals(new float[] {0, 0, 0, 3, 3, 3, 0, 0, 0}, output.totals());
    }
  }

  /** Sums of many numbers that cancel: each engine adds in its own order. */
  @Test
  void shouldNotDependOnTheOrderOfSums() {
    int inputs = 64;
    INDArray weights = Nd4j.ones(inputs, 5).muli(MAX);
    for (int row = 0; row < inputs; row++) {
      weights.getRow(row).muli(row % 3 == 2 ? -1 : 0.4);
    }
    Synapse synapse = new DenseSynapse(FeatureShape.vector(inputs), weights, null);
    SpikeTrain train =
        SpikeEncoder.frames().encode(Nd4j.ones(SAMPLES, inputs, 4), NoiseKey.inference(0));
    for (SimulationEngine engine : engines()) {
      assertEquals(
          Outcome.refusal("-Infinity", 0, 0, 0),
          Outcome.of(engine, synapse, neuron(false, 1), train));
    }
  }

  @Test
  void shouldRefuseAveragesThatLeaveSinglePrecision() {
    Window2D.Axis one = new Window2D.Axis(1, 1, 0, 1, false);
    Synapse average = new AverageSynapse(new PoolingWindows(new Window2D(one, one), IMAGE));
    SpikeTrain input = inputs(MAX / 16, MAX / 16, 0, 0, 0, 0).train(IMAGE);
    SpikingNeuron neuron = new SpikingNeuron(1, 1, Reset.bySubtraction(), 0.9 * MAX);
    for (SimulationEngine engine : engines()) {
      assertEquals(
          Outcome.refusal("Infinity", 0, 1, LOUD), Outcome.of(engine, average, neuron, input));
    }
  }

  @Test
  void shouldRefuseConstantCurrentsThatLeaveSinglePrecision() {
    float[] image = new float[SAMPLES * IMAGE.neurons()];
    image[IMAGE.neurons()] = 0.4f;
    float[] vector = new float[SAMPLES * VECTOR.neurons()];
    vector[VECTOR.neurons()] = 0.4f;
    List<SimulationEngine> engines = engines();
    engines.add(new ConstantCurrentEngine());
    for (SimulationEngine engine : engines) {
      String expected = Outcome.refusal("Infinity", 0, 2, LOUD);
      SpikingNeuron neuron = neuron(true, 1);
      assertEquals(
          expected,
          Outcome.of(engine, convolution(20), neuron, new ConstantSpikeTrain(IMAGE, 4, image)));
      assertEquals(
          expected,
          Outcome.of(engine, dense(20), neuron, new ConstantSpikeTrain(VECTOR, 4, vector)));
    }
  }

  @Test
  void shouldRefuseMembranesOfCustomNeuronsThatLeaveSinglePrecision() {
    NeuronDynamics own = new CustomNeuron(1, 1);
    SpikeTrain input = inputs(0, 2, 0, 0, 0, 0).train(VECTOR);
    for (SimulationEngine engine : engines()) {
      assertEquals(
          Outcome.refusal("Infinity", 0, 1, LOUD), Outcome.of(engine, dense(3), own, input));
    }
  }

  @Test
  void shouldRefuseTrainsWhoseAmplitudesLeaveSinglePrecision() {
    SpikeTrain large = inputs(0, 3e38, 0, 0, 0, 0).train(VECTOR);
    assertMessage(
        "amplitudes summed over the window must be finite in single precision, got Infinity in"
            + " sample 1 at index 0. Possible cause: amplitudes that are too large",
        () -> SpikeTrainCombination.SUM.combine(List.of(large, large)));
  }

  /** Half precision ends at 65,504, which a current reaches here, and a membrane before that. */
  @ParameterizedTest
  @ValueSource(floats = {2048, 32768})
  void shouldSumHalfPrecisionAsFarAsSinglePrecisionGoes(float weight) {
    FeatureShape vector = FeatureShape.vector(4);
    SpikingNeuron neuron = new SpikingNeuron(1e5, 1, Reset.toZero(), 0);
    SpikeTrain train =
        SpikeEncoder.frames().encode(Nd4j.ones(SAMPLES, 4, 40), NoiseKey.inference(0));
    Synapse half = new DenseSynapse(vector, Nd4j.ones(DataType.FLOAT16, 4, 3).muli(weight), null);
    float[][][] expected = Spikes.of(new EventDrivenEngine().simulate(half, neuron, train));
    assertTrue(Spikes.activity(expected) > 0, "a silent layer shows nothing");
    assertArrayEquals(
        expected, Spikes.of(new DenseEngine(DataType.FLOAT16).simulate(half, neuron, train)));
  }

  @Test
  void shouldTakeConstantCurrentsBeyondHalfPrecision() {
    INDArray weights = Nd4j.ones(DataType.FLOAT16, 3, 2, 1, 1).muli(40_000);
    Window2D.Axis one = new Window2D.Axis(1, 1, 0, 1, true);
    Synapse half = new ConvolutionSynapse(new Window2D(one, one), IMAGE, weights, null);
    float[] ones = new float[SAMPLES * IMAGE.neurons()];
    Arrays.fill(ones, 1);
    SpikeTrain input = new ConstantSpikeTrain(IMAGE, 5, ones);
    SpikingNeuron neuron = new SpikingNeuron(1e5, 1, Reset.bySubtraction(), 0);
    // After charging 80,000, 160,000, 140,000, 120,000 and 100,000.
    float[] expected = new float[SAMPLES * 3 * IMAGE.positions()];
    Arrays.fill(expected, 3);
    assertArrayEquals(expected, new ConstantCurrentEngine().simulate(half, neuron, input).totals());
  }

  @Test
  void shouldReportTheFirstSampleWhateverTheNumberOfThreads() throws Exception {
    INDArray frames = Nd4j.zeros(40, 2, 3);
    for (int sample = 7; sample < 40; sample++) {
      // The last one to fail is the one to be reported.
      frames.putScalar(new int[] {sample, 0, sample == 7 ? 2 : 0}, 2);
    }
    SpikeTrain train = SpikeEncoder.frames().encode(frames, NoiseKey.inference(0));
    EventDrivenEngine engine = new EventDrivenEngine();
    for (int round = 0; round < 50; round++) {
      String outcome =
          SeparatePool.run(4, () -> Outcome.of(engine, dense(3), neuron(false, 1), train));
      assertEquals(Outcome.refusal("Infinity", 0, 2, 7), outcome);
    }
  }
}
