package org.dl4jsnn.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.ConstantSpikeTrain;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.PackedTrains;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernel's list of a step's spikes against what the train itself reads. */
class StepSpikesTest {

  static final int STEPS = 3;

  @FunctionalInterface
  interface Amplitude {
    float of(int step, Random random);
  }

  // The second step is silent.
  static final Amplitude SOME = (step, r) -> step != 1 && r.nextInt(3) == 0 ? 1 : 0;
  private static final Amplitude FEW = (step, r) -> r.nextInt(20) == 0 ? 1 : 0;
  private static final Amplitude EVERY = (step, r) -> 1;
  private static final Amplitude SIGNED =
      (step, r) -> SOME.of(step, r) * (r.nextBoolean() ? 1 : -1);
  static final Amplitude GRADED = (step, r) -> SOME.of(step, r) * (r.nextInt(9) - 4.5f);

  static Stream<SpikeTrain> trains() {
    FeatureShape one = FeatureShape.image(9, 3, 4);
    FeatureShape two = FeatureShape.image(40, 2, 3);
    return Stream.of(
        PackedTrains.of(events(one, SOME)),
        PackedTrains.of(events(two, SOME)),
        PackedTrains.of(events(FeatureShape.vector(70), SOME)),
        PackedTrains.of(events(FeatureShape.image(32, 4, 5), FEW)),
        PackedTrains.of(events(two, EVERY)),
        events(one, SIGNED),
        events(two, GRADED),
        events(two, SIGNED).scaled(new float[two.neurons()]),
        events(one, EVERY),
        events(two, EVERY),
        constant(one, GRADED),
        constant(two, GRADED),
        constant(one, EVERY));
  }

  static EventSpikeTrain events(FeatureShape shape, Amplitude amplitude) {
    Random random = new Random(2);
    int[] firstOfStep = new int[STEPS + 1];
    int[] neurons = new int[STEPS * shape.neurons()];
    float[] amplitudes = new float[neurons.length];
    int size = 0;
    for (int i = 0; i < neurons.length; i++) {
      amplitudes[size] = amplitude.of(i / shape.neurons(), random);
      neurons[size] = i % shape.neurons();
      size += amplitudes[size] == 0 ? 0 : 1;
      firstOfStep[i / shape.neurons() + 1] = size;
    }
    boolean graded = amplitude == GRADED;
    if (!graded) {
      // The complement of a neuron's index is a spike of -1.
      Arrays.setAll(neurons, e -> amplitudes[e] < 0 ? ~neurons[e] : neurons[e]);
    }
    var sample =
        new EventSpikeTrain.Sample(
            firstOfStep,
            Arrays.copyOf(neurons, size),
            graded ? Arrays.copyOf(amplitudes, size) : null);
    boolean unit = !graded && amplitude != SIGNED;
    return new EventSpikeTrain(
        shape, STEPS, new EventSpikeTrain.Sample[] {sample}, unit, new float[shape.neurons()]);
  }

  private static SpikeTrain constant(FeatureShape shape, Amplitude amplitude) {
    Random random = new Random(3);
    float[] current = new float[shape.neurons()];
    for (int i = 0; i < current.length; i++) {
      current[i] = amplitude.of(0, random);
    }
    return new ConstantSpikeTrain(shape, STEPS, current);
  }

  @ParameterizedTest
  @MethodSource("trains")
  void shouldListWhatTheTrainReads(SpikeTrain train) {
    FeatureShape shape = train.shape();
    int[] codeOfPosition = new int[shape.positions()];
    for (int position = 0; position < codeOfPosition.length; position++) {
      codeOfPosition[position] = 1000 * (position + 1);
    }
    StepSpikes spikes = new StepSpikes(new StepSpikes.Codes(shape, codeOfPosition));
    SpikeEvents expected = new SpikeEvents(shape);
    for (int step : new int[] {0, 1, 2, 0}) {
      train.read(0, step, expected);
      assertEquals(expected.size(), spikes.read(train, 0, step));
      for (int e = 0; e < expected.size(); e++) {
        int code = 1000 * (expected.position(e) + 1) + expected.channel(e);
        assertEquals(code, spikes.codes[e], "event " + e);
        if (!(train instanceof BinarySpikeTrain)) {
          assertEquals(expected.amplitude(e), spikes.amplitudes[e], "event " + e);
        }
      }
      assertStarts(expected, shape.width(), spikes.firstOfRow);
      assertStarts(expected, 1, spikes.firstOfPosition());
      assertStarts(expected, 1, spikes.firstOfPosition());
    }
  }

  /** The first event at or after each position, and at the end their number. */
  private static void assertStarts(SpikeEvents events, int positions, int[] starts) {
    for (int i = 0; i < starts.length; i++) {
      int before = 0;
      while (before < events.size() && events.position(before) < i * positions) {
        before++;
      }
      assertEquals(before, starts[i], "start " + i);
    }
  }

  /** Positions share a sum by threes, and every neuron has a number of its own. */
  @ParameterizedTest
  @MethodSource("trains")
  void shouldNumberSpikes(SpikeTrain train) {
    FeatureShape shape = train.shape();
    int channels = shape.channels();
    int[] sumOfPosition = new int[shape.positions()];
    Arrays.setAll(sumOfPosition, position -> position / 3 * channels);
    NumberedSpikes shared = new NumberedSpikes(shape, sumOfPosition);
    NumberedSpikes ofNeurons = NumberedSpikes.ofNeurons(shape);
    SpikeEvents expected = new SpikeEvents(shape);
    for (int step = 0; step < STEPS; step++) {
      train.read(0, step, expected);
      ofNeurons.read(train, 0, step);
      shared.read(train, 0, step);
      float[] sums = new float[shape.neurons()];
      assertEquals(expected.size(), ofNeurons.size());
      for (int e = 0; e < expected.size(); e++) {
        assertEquals(expected.neuron(e), ofNeurons.number(e));
        sums[expected.position(e) / 3 * channels + expected.channel(e)] += expected.amplitude(e);
      }
      float[] added = new float[sums.length];
      shared.addTo(added);
      assertArrayEquals(sums, added);
    }
  }
}
