package org.dl4jsnn.internal.simulate;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dl4jsnn.contract.SeparatePool;
import org.dl4jsnn.contract.Spikes;
import org.dl4jsnn.internal.handover.GradientMemory;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.DelayLine;
import org.dl4jsnn.internal.host.SpikeDelays;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.PackedTrains;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.spike.TrainPieces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Delays of all kinds of trains against their definition, in one piece and in several. */
class SpikeDelaysTest {

  private static final FeatureShape IMAGE = FeatureShape.image(35, 3, 4);
  private static final FeatureShape VECTOR = FeatureShape.vector(40);
  private static final int SAMPLES = 2;
  private static final int STEPS = 9;
  private static final ThreadMXBean ALLOCATED = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private record Case(String name, int[] steps, SpikeTrain train) {

    SpikeDelays delays() {
      return SpikeDelays.of(steps, train.shape());
    }

    /** Of a neuron in the order of arrays. */
    int of(int neuron) {
      return steps[neuron / (train.shape().neurons() / steps.length)];
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (FeatureShape shape : List.of(IMAGE, VECTOR)) {
      List<SpikeTrain> trains =
          List.of(
              PackedTrains.of(RandomTrains.binary(shape, SAMPLES, STEPS, 1)),
              RandomTrains.binary(shape, SAMPLES, STEPS, 1),
              RandomTrains.signed(shape, SAMPLES, STEPS, 2),
              RandomTrains.graded(shape, SAMPLES, STEPS, 3),
              RandomTrains.constant(shape, SAMPLES, STEPS, 4),
              RandomTrains.graded(shape, SAMPLES, STEPS, 5)
                  .scaled(factors(SAMPLES * shape.neurons())));
      List<int[]> delays =
          List.of(
              new int[] {0},
              new int[] {3},
              new int[] {STEPS},
              new int[] {STEPS + 2},
              IntStream.range(0, shape.channels()).map(i -> i * 7 % 5).toArray(),
              IntStream.range(0, shape.neurons()).map(i -> i * 5 % 12).toArray(),
              // Few neurons per delay.
              IntStream.range(0, shape.neurons()).map(i -> i * 5 % 211).toArray());
      for (int[] steps : delays) {
        for (SpikeTrain train : trains) {
          String name = train.getClass().getSimpleName() + " " + shape + " ";
          cases.add(new Case(name + steps.length + " delays from " + steps[0], steps, train));
        }
      }
    }
    return cases.stream();
  }

  private static float[] factors(int length) {
    float[] factors = new float[length];
    for (int i = 0; i < length; i++) {
      factors[i] = i % 3 - 0.5f;
    }
    return factors;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldPassEverySpikeOnItsStepsLater(Case c) {
    SpikeTrain delayed = c.delays().delayed(DelayLine.empty(), c.train);
    assertArrayEquals(expected(c), Spikes.of(delayed));
    assertEquals(c.train.shape(), delayed.shape());
    assertEquals(STEPS, delayed.steps());
  }

  private static float[][][] expected(Case c) {
    float[][][] in = Spikes.of(c.train);
    float[][][] out = new float[SAMPLES][STEPS][c.train.shape().neurons()];
    for (int sample = 0; sample < SAMPLES; sample++) {
      for (int step = 0; step < STEPS; step++) {
        for (int i = 0; i < out[sample][step].length; i++) {
          int source = step - c.of(i);
          out[sample][step][i] = source < 0 ? 0 : in[sample][source][i];
        }
      }
    }
    return out;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldPassTheSameSpikesOnInPieces(Case c) {
    float[][][] whole = Spikes.of(c.delays().delayed(DelayLine.empty(), c.train));
    DelayLine end = c.delays().after(DelayLine.empty(), c.train);
    for (int[] cut : new int[][] {{0, 1, 9}, {0, 2, 3, 4, 8, 9}, {0, 5, 9}}) {
      DelayLine line = DelayLine.empty();
      for (int piece = 1; piece < cut.length; piece++) {
        SpikeTrain part = TrainPieces.of(c.train, cut[piece - 1], cut[piece]);
        float[][][] found = Spikes.of(c.delays().delayed(line, part));
        line = c.delays().after(line, part);
        for (int sample = 0; sample < SAMPLES; sample++) {
          assertArrayEquals(
              Arrays.copyOfRange(whole[sample], cut[piece - 1], cut[piece]), found[sample]);
        }
      }
      assertEquals(end.isEmpty(), line.isEmpty());
      if (!end.isEmpty()) {
        assertArrayEquals(end.numbers(), line.numbers());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldBeRestoredFromItsNumbers(Case c) {
    DelayLine line = c.delays().after(DelayLine.empty(), c.train);
    if (line.isEmpty()) {
      assertEquals(0, line.size());
      return;
    }
    assertEquals(line.numbers().length, line.size());
    DelayLine back = DelayLine.of(c.train.shape(), line.steps(), line.steps(), line.numbers());
    assertArrayEquals(line.numbers(), back.numbers());
    assertArrayEquals(
        Spikes.of(c.delays().delayed(line, c.train)), Spikes.of(c.delays().delayed(back, c.train)));
  }

  /** ⟨g, D s⟩ = ⟨Dᵀ g, s⟩ for a delay D, which is linear. */
  @ParameterizedTest
  @MethodSource("cases")
  void shouldTakeGradientsTheSameStepsBack(Case c) {
    for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      FeatureShape shape = c.train.shape();
      try (SpikeGradient gradient =
          new SpikeGradient(new GradientMemory(), shape, SAMPLES, STEPS, type)) {
        INDArray random = Nd4j.rand(type, gradient.values().shape());
        gradient.put(0, 0, STEPS, random);
        float[][][] back = new float[SAMPLES][STEPS][shape.neurons()];
        float[] values = random.dup('c').data().asFloat();
        for (int sample = 0; sample < SAMPLES; sample++) {
          for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < shape.neurons(); i++) {
              int later = step + c.of(i);
              back[sample][step][i] =
                  later < STEPS ? values[(sample * STEPS + later) * shape.neurons() + i] : 0;
            }
          }
        }
        try (SpikeGradient below = new DelayAdjoint(c.delays()).backprop(gradient)) {
          float[] found = below.values().dup('c').data().asFloat();
          int next = 0;
          for (float[][] sample : back) {
            for (float[] step : sample) {
              assertArrayEquals(step, Arrays.copyOfRange(found, next, next + step.length));
              next += step.length;
            }
          }
        }
      }
    }
  }

  @Test
  void shouldKeepOrdinarySpikesPacked() {
    SpikeTrain train = PackedTrains.of(RandomTrains.binary(IMAGE, SAMPLES, STEPS, 1));
    SpikeDelays delays = SpikeDelays.of(new int[] {2}, IMAGE);
    DelayLine line = delays.after(DelayLine.empty(), train);
    assertInstanceOf(BinarySpikeTrain.class, line.spikes());
    assertInstanceOf(BinarySpikeTrain.class, delays.delayed(line, train));
    DelayLine back = DelayLine.of(IMAGE, 2, 2, line.numbers());
    assertInstanceOf(BinarySpikeTrain.class, back.spikes());
  }

  @Test
  void shouldPassTheTrainItselfOnWithoutADelay() {
    SpikeTrain train = RandomTrains.constant(VECTOR, SAMPLES, STEPS, 4);
    SpikeDelays delays = SpikeDelays.of(new int[] {0}, VECTOR);
    assertSame(train, delays.delayed(DelayLine.empty(), train));
    assertTrue(delays.after(DelayLine.empty(), train).isEmpty());
  }

  @Test
  void shouldGiveTheSameWhateverTheNumberOfThreads() throws Exception {
    SpikeTrain train = RandomTrains.graded(IMAGE, 7, STEPS, 3);
    int[] steps = IntStream.range(0, IMAGE.neurons()).map(i -> i % 4).toArray();
    SpikeDelays delays = SpikeDelays.of(steps, IMAGE);
    float[][][] one =
        SeparatePool.run(1, () -> Spikes.of(delays.delayed(DelayLine.empty(), train)));
    float[][][] four =
        SeparatePool.run(4, () -> Spikes.of(delays.delayed(DelayLine.empty(), train)));
    assertArrayEquals(one, four);
  }

  @Test
  void shouldRefuseDelaysThatDoNotFitTheShape() {
    assertBegins(
        "steps must be 1 delay of the layer, 35 of the channels or 420 of the neurons (35×3×4), got"
            + " 2",
        () -> SpikeDelays.of(new int[] {1, 2}, IMAGE));
    assertBegins("steps must be a whole number", () -> SpikeDelays.of(new int[] {-1}, IMAGE));
    assertRefused(
        IllegalArgumentException.class,
        () -> SpikeDelays.of(new int[0], IMAGE),
        "at least one delay, got none");
    assertBegins("steps must be given, got null", () -> SpikeDelays.of(null, IMAGE));
  }

  @Test
  void shouldRefuseALineOfOtherSamplesOrDelays() {
    SpikeTrain train = RandomTrains.signed(VECTOR, SAMPLES, STEPS, 2);
    DelayLine line = SpikeDelays.of(new int[] {2}, VECTOR).after(DelayLine.empty(), train);
    assertBegins(
        "state must hold 3 steps of 2 samples of 40 neurons, got 2 steps of 2 samples",
        () -> SpikeDelays.of(new int[] {3}, VECTOR).delayed(line, train));
    assertRefused(
        IllegalArgumentException.class,
        () ->
            SpikeDelays.of(new int[] {2}, VECTOR)
                .delayed(line, RandomTrains.signed(VECTOR, 5, STEPS, 2)),
        "rnnClearPreviousState() starts a new stream");
  }

  @Test
  void shouldRefuseLinesOfOtherNumbers() {
    for (double number : new double[] {0.1, Double.NaN, Double.POSITIVE_INFINITY, 1e300}) {
      assertBegins(
          "amplitudes of a state must be finite numbers of single precision, got " + number,
          () -> DelayLine.of(FeatureShape.vector(2), 1, 1, new double[] {1, number}));
    }
  }

  /** Steps before the first input are silent, however long the delay. */
  @Test
  void shouldHoldOnlyTheStepsThatArrived() {
    SpikeTrain train = PackedTrains.of(RandomTrains.binary(IMAGE, SAMPLES, STEPS, 1));
    SpikeDelays delays = SpikeDelays.of(new int[] {Integer.MAX_VALUE}, IMAGE);
    assertEquals(0, Spikes.activity(Spikes.of(delays.delayed(DelayLine.empty(), train))));
    DelayLine line = delays.after(DelayLine.empty(), train);
    assertArrayEquals(Spikes.of(train), Spikes.of(line.spikes()));
    assertEquals(2 * STEPS, delays.after(line, train).spikes().steps());
    assertEquals(0, Spikes.activity(Spikes.of(delays.delayed(line, train))));
  }

  /** Masks of so many delays would take a thousand times the memory of the spikes. */
  @Test
  void shouldDelayEveryNeuronByAnotherTimeInLittleMemory() {
    FeatureShape shape = FeatureShape.vector(40_000);
    SpikeTrain train = PackedTrains.of(RandomTrains.binary(shape, 1, 3, 1));
    SpikeDelays delays = SpikeDelays.of(IntStream.range(0, 40_000).toArray(), shape);
    long before = ALLOCATED.getCurrentThreadAllocatedBytes();
    DelayLine line = delays.after(DelayLine.empty(), train);
    SpikeTrain delayed = delays.delayed(line, train);
    long allocated = ALLOCATED.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < 5_000_000, allocated + " bytes"); // masks: 200 MB
    float[][] in = Spikes.of(train)[0];
    float[][] out = Spikes.of(delayed)[0];
    for (int step = 0; step < 3; step++) {
      for (int i = 0; i < 40_000; i++) {
        int source = 3 + step - i;
        assertEquals(source < 0 || source > 5 ? 0 : in[source % 3][i], out[step][i]);
      }
    }
  }
}
