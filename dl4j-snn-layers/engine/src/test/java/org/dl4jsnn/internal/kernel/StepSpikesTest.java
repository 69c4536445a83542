package org.dl4jsnn.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.ConstantSpikeTrain;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernel's list of a step's spikes against what the train itself reads. */
class StepSpikesTest {

  private static final int STEPS = 3;

  static Stream<SpikeTrain> trains() {
    FeatureShape one = FeatureShape.image(9, 3, 4);
    FeatureShape two = FeatureShape.image(40, 2, 3);
    return Stream.of(
        binary(one),
        binary(two),
        binary(FeatureShape.vector(70)),
        uneven(FeatureShape.image(32, 4, 5)),
        events(one, false),
        events(two, true),
        constant(one),
        events(two, false).scaled(new float[two.neurons()]),
        constant(two),
        everyNeuron(one),
        everyNeuron(two),
        new ConstantSpikeTrain(one, STEPS, ones(one)),
        new BinarySpikeTrain(two, STEPS, new int[][] {everyBit(two)}));
  }

  private static BinarySpikeTrain binary(FeatureShape shape) {
    BitLayout layout = BitLayout.of(shape);
    Random random = new Random(1);
    int[] words = layout.words(STEPS);
    for (int step = 0; step < STEPS; step++) {
      for (int place : layout.places(shape)) {
        for (int channel = 0; channel < shape.channels(); channel++) {
          // The second step is silent.
          if (step != 1 && random.nextInt(3) == 0) {
            words[layout.plane(step, channel) + place] |= 1 << channel;
          }
        }
      }
    }
    return new BinarySpikeTrain(shape, STEPS, new int[][] {words});
  }

  /** One spike in most words, up to nine in a few. */
  private static BinarySpikeTrain uneven(FeatureShape shape) {
    BitLayout layout = BitLayout.of(shape);
    Random random = new Random(1);
    int[] words = layout.words(STEPS);
    for (int step = 0; step < STEPS; step++) {
      for (int place : layout.places(shape)) {
        int spikes = random.nextInt(5) == 0 ? 2 + random.nextInt(8) : 1;
        for (int spike = 0; spike < spikes; spike++) {
          words[layout.plane(step, 0) + place] |= 1 << random.nextInt(Integer.SIZE);
        }
      }
    }
    return new BinarySpikeTrain(shape, STEPS, new int[][] {words});
  }

  private static EventSpikeTrain events(FeatureShape shape, boolean graded) {
    Random random = new Random(2);
    int[] firstOfStep = new int[STEPS + 1];
    int[] neurons = new int[STEPS * shape.neurons()];
    float[] amplitudes = new float[neurons.length];
    int size = 0;
    for (int step = 0; step < STEPS; step++) {
      for (int neuron = 0; neuron < shape.neurons(); neuron++) {
        if (step != 1 && random.nextInt(3) == 0) {
          amplitudes[size] = random.nextInt(9) - 4.5f;
          neurons[size++] = !graded && random.nextBoolean() ? ~neuron : neuron;
        }
      }
      firstOfStep[step + 1] = size;
    }
    var sample =
        new EventSpikeTrain.Sample(
            firstOfStep,
            Arrays.copyOf(neurons, size),
            graded ? Arrays.copyOf(amplitudes, size) : null);
    return new EventSpikeTrain(
        shape, STEPS, new EventSpikeTrain.Sample[] {sample}, false, new float[shape.neurons()]);
  }

  private static SpikeTrain constant(FeatureShape shape) {
    Random random = new Random(3);
    float[] current = new float[shape.neurons()];
    for (int i = 0; i < current.length; i++) {
      current[i] = random.nextInt(3) == 0 ? random.nextInt(9) - 4.5f : 0;
    }
    return new ConstantSpikeTrain(shape, STEPS, current);
  }

  /** All neurons at every step, up to the last entry of the list. */
  private static EventSpikeTrain everyNeuron(FeatureShape shape) {
    int[] firstOfStep = new int[STEPS + 1];
    int[] neurons = new int[STEPS * shape.neurons()];
    for (int i = 0; i < neurons.length; i++) {
      neurons[i] = i % shape.neurons();
      firstOfStep[i / shape.neurons() + 1] = i + 1;
    }
    var sample = new EventSpikeTrain.Sample(firstOfStep, neurons, null);
    return new EventSpikeTrain(
        shape, STEPS, new EventSpikeTrain.Sample[] {sample}, true, ones(shape));
  }

  private static float[] ones(FeatureShape shape) {
    float[] ones = new float[shape.neurons()];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static int[] everyBit(FeatureShape shape) {
    BitLayout layout = BitLayout.of(shape);
    int[] words = layout.words(STEPS);
    for (int step = 0; step < STEPS; step++) {
      for (int channel = 0; channel < shape.channels(); channel++) {
        for (int place : layout.places(shape)) {
          words[layout.plane(step, channel) + place] |= 1 << channel;
        }
      }
    }
    return words;
  }

  @ParameterizedTest
  @MethodSource("trains")
  void shouldListWhatTheTrainReads(SpikeTrain train) {
    FeatureShape shape = train.shape();
    int[] codeOfPosition = new int[shape.positions()];
    for (int position = 0; position < codeOfPosition.length; position++) {
      codeOfPosition[position] = 1000 * (position + 1);
    }
    StepSpikes spikes = new StepSpikes(shape, codeOfPosition);
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
}
