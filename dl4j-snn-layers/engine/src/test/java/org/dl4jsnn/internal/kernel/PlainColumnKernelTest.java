package org.dl4jsnn.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The plain kernel against the neuron's equations, one channel at a time: two positions, up to nine
 * events per step, blocks that fill more than a word and blocks that begin within one.
 */
class PlainColumnKernelTest {

  private static final int STEPS = 30;
  private static final int POSITIONS = 2;
  private static final int ROWS = 12;

  /** Rows of events of a step; the positions' windows overlap in the second. */
  private static final int INPUT_ROWS = 3;

  static Stream<Arguments> cases() {
    return Stream.of(
            new KernelNeuron(0.75f, 1, false, 0, 0),
            new KernelNeuron(0.75f, 1, true, 0, 0.25f),
            new KernelNeuron(0.5f, 0.5f, false, -0.25f, 0.25f),
            new KernelNeuron(0.5f, 0.75f, true, 0, 2))
        .flatMap(
            rule ->
                Stream.of(
                    Arguments.of(rule, 40, 0, false, false),
                    Arguments.of(rule, 32, 0, true, false),
                    Arguments.of(rule, 8, 24, false, true),
                    Arguments.of(rule, 64, 0, true, true)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldFollowTheEquations(
      KernelNeuron rule, int width, int shift, boolean biased, boolean graded) {
    Random random = new Random(width);
    float[] bias = biased ? multiples(random, width, 32) : new float[0];
    float[] weights = multiples(random, ROWS * width, 8);
    float[] padded = new float[KernelProvider.FIRST_WEIGHT + weights.length];
    System.arraycopy(weights, 0, padded, KernelProvider.FIRST_WEIGHT, weights.length);
    ColumnTask task = task(random, rule, width, shift, graded);
    float[] u = task.membrane.clone();
    float[] taken = task.taken == null ? null : task.taken.clone();
    int[] words = task.words.clone();

    int spikes = expect(task, rule, width, weights, bias, u, taken, words);
    new PlainColumnKernel(padded, ROWS, width, bias, rule).run(task);

    assertTrue(spikes > 0, "silent");
    assertArrayEquals(words, task.words);
    assertArrayEquals(u, task.membrane);
    if (taken != null) {
      assertArrayEquals(taken, task.taken);
    }
  }

  /** Small multiples of a power of two, so that sums are exact. */
  private static float[] multiples(Random random, int length, int divisor) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (random.nextInt(9) - 4) / (float) divisor;
    }
    return values;
  }

  private static ColumnTask task(
      Random random, KernelNeuron rule, int width, int shift, boolean graded) {
    ColumnTask task = new ColumnTask();
    task.steps = STEPS;
    task.positions = POSITIONS;
    task.membraneStart = 3;
    task.membraneStride = width + 1;
    task.membrane = new float[3 + POSITIONS * (width + 1)];
    Arrays.fill(task.membrane, rule.initialMembrane());
    task.taken = rule.leak() == 1 ? new float[task.membrane.length] : null;
    task.firstRow = new int[] {0, 1};
    task.endRow = new int[] {2, 3};
    task.rowShift = new int[] {5, 6};
    task.lineShift = 2;
    task.firstBound = 1;
    task.boundsPerStep = INPUT_ROWS + 1;
    task.bounds = new int[1 + STEPS * task.boundsPerStep];
    task.rows = new int[STEPS * 9 * INPUT_ROWS];
    int events = 0;
    for (int step = 0; step < STEPS; step++) {
      for (int row = 0; row <= INPUT_ROWS; row++) {
        task.bounds[1 + step * task.boundsPerStep + row] = events;
        // Every third step is silent.
        int count = row == INPUT_ROWS || step % 3 == 2 ? 0 : random.nextInt(5);
        for (int e = 0; e < count; e++) {
          task.rows[events++] = 8 + random.nextInt(ROWS - 1);
        }
      }
    }
    task.amplitudes = graded ? multiples(random, task.rows.length, 4) : null;
    task.firstWord = 2;
    task.wordsPerStep = 8;
    task.rowWord = new int[] {0, 3};
    task.wordOffsets = new int[] {0, 2};
    task.words = new int[2 + STEPS * 8];
    task.shift = shift;
    return task;
  }

  private static int expect(
      ColumnTask task,
      KernelNeuron rule,
      int width,
      float[] weights,
      float[] bias,
      float[] membrane,
      float[] taken,
      int[] words) {
    int spikes = 0;
    for (int position = 0; position < POSITIONS; position++) {
      int at = task.membraneStart + position * task.membraneStride;
      for (int step = 0; step < STEPS; step++) {
        int bound = task.firstBound + step * task.boundsPerStep;
        int first = task.bounds[bound + task.firstRow[position]];
        int end = task.bounds[bound + task.endRow[position]];
        for (int k = 0; k < width; k++) {
          float u = membrane[at + k];
          for (int event = first; event < end; event++) {
            int row = task.rows[event] - task.rowShift[position] - task.lineShift;
            u += weights[row * width + k] * (task.amplitudes == null ? 1 : task.amplitudes[event]);
          }
          u += bias.length == 0 ? 0 : bias[k];
          if (u > rule.threshold()) {
            float left = rule.subtractive() ? u - rule.threshold() : rule.resetValue();
            if (taken != null) {
              taken[at + k] += u - left;
            }
            u = left;
            int word = task.firstWord + step * task.wordsPerStep + task.rowWord[position];
            words[word + task.wordOffsets[k / 32]] |= 1 << k % 32 + task.shift;
            spikes++;
          }
          membrane[at + k] = u * rule.leak();
        }
      }
    }
    return spikes;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void shouldOnlyCharge(KernelNeuron rule, int width, int shift, boolean biased, boolean graded) {
    Random random = new Random(width);
    float[] weights = multiples(random, ROWS * width, 8);
    float[] padded = new float[KernelProvider.FIRST_WEIGHT + weights.length];
    System.arraycopy(weights, 0, padded, KernelProvider.FIRST_WEIGHT, weights.length);
    ColumnTask task = task(random, rule, width, shift, graded);
    float[] expected = task.membrane.clone();
    for (int k = 0; k < width; k++) {
      for (int event = 1; event < 8; event++) {
        int row = task.rows[event] - 7;
        float amplitude = graded ? task.amplitudes[event] : 1;
        expected[3 + k] += weights[row * width + k] * amplitude;
      }
    }
    task.positions = 1;
    task.bounds = new int[] {1, 8};
    task.firstBound = 0;
    task.firstRow = new int[] {0};
    task.endRow = new int[] {1};
    new PlainColumnKernel(padded, ROWS, width, new float[] {9}, rule).chargeAll(task);
    assertArrayEquals(expected, task.membrane);
    assertEquals(0, Arrays.stream(task.words).filter(word -> word != 0).count());
  }
}
