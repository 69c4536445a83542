package org.dl4jsnn.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("org.dl4jsnn.internal.kernel.Kernels#vectorModulePresent")
class EightBitWeightsTest {

  private static final int FIRST = KernelProvider.FIRST_WEIGHT;

  private final KernelProvider kernels = Kernels.named("vector");

  /** Channels of a vector. */
  private final int lanes = kernels.blockWidth(1);

  @Test
  void shouldRecogniseWholeNumbersTimesPowersOfTwo() {
    // Two vectors of channels and two rows.
    float[] weights = new float[4 * lanes];
    weights[0] = 127;
    weights[1] = -0.5f;
    weights[lanes] = 3;
    weights[2 * lanes] = 1;
    weights[2 * lanes + 1] = 31.5f;
    weights[3 * lanes] = -127;
    EightBitWeights found = of(2, weights).get();
    float[] scale = new float[2 * lanes];
    Arrays.fill(scale, 1);
    scale[1] = 0.25f;
    assertArrayEquals(scale, found.scale());
    int[] pairs = found.pairs();
    assertEquals(FIRST + 2 * lanes, pairs.length);
    assertEquals(127 + (3 << 16), pairs[FIRST]);
    assertEquals(-2, pairs[FIRST + 1]);
    assertEquals(1 - (127 << 16), pairs[FIRST + lanes]);
    assertEquals(126, pairs[FIRST + lanes + 1]);
    assertTrue(found.divide(5f));
    assertFalse(found.divide(5.5f));
    // Channels without weights have no grid.
    assertEquals(0, found.sums()[lanes - 1]);
    float[] none = new float[2 * lanes];
    none[lanes - 1] = 0.3f;
    assertTrue(found.divide(none));
    assertTrue(found.stayExact(1, new float[0], 1000));
    // 128 per step, of 2²⁴ that are exact.
    assertFalse(found.stayExact(1, new float[0], 1 << 17));
    assertFalse(found.stayExact(1 << 24, new float[0], 1));
    assertTrue(found.divide(new float[] {5, 5.25f}));
    assertFalse(found.divide(new float[] {5.25f, 5}));
    assertTrue(found.divide(new float[0]));
  }

  /** More rows than are processed together, and an odd number of vectors. */
  @Test
  void shouldPackManyRows() {
    int rows = 700;
    int width = 3 * lanes;
    Random random = new Random(1);
    float[] weights = new float[rows * width];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (random.nextInt(255) - 127) * scaleOf(i % width);
    }
    for (int channel = 0; channel < width; channel++) {
      // The largest weight of a channel, anywhere among its rows, sets its scale.
      weights[random.nextInt(rows) * width + channel] = -127 * scaleOf(channel);
    }
    EightBitWeights found = of(rows, weights).get();
    int perRow = 2 * lanes;
    assertEquals(FIRST + rows * perRow, found.pairs().length);
    for (int channel = 0; channel < width; channel++) {
      assertEquals(scaleOf(channel), found.scale()[channel]);
      int vector = channel / lanes;
      float sum = 0;
      for (int row = 0; row < rows; row++) {
        float weight = weights[row * width + channel];
        sum += Math.abs(weight);
        int pair = found.pairs()[FIRST + row * perRow + vector / 2 * lanes + channel % lanes];
        // A negative lower half borrows one from the upper half.
        int lower = (short) pair;
        int whole = vector % 2 == 0 ? lower : (pair - lower) >> Short.SIZE;
        assertEquals(weight, whole * scaleOf(channel), "row " + row + ", channel " + channel);
      }
      assertEquals(sum, found.sums()[channel]);
    }
    for (int row : new int[] {1, 255, 256, 511, 699}) {
      float[] other = weights.clone();
      int last = row * width + width - 1;
      other[last] = 2.5f * scaleOf(width - 1);
      assertTrue(of(rows, other).isEmpty(), "row " + row);
    }
  }

  private static float scaleOf(int channel) {
    return channel % 3 == 0 ? 0.5f : 2;
  }

  @Test
  void shouldRefuseAnythingElse() {
    assertTrue(ofFirstChannel(0.1f).isEmpty());
    assertTrue(ofFirstChannel(64, 0.1f).isEmpty());
    assertTrue(ofFirstChannel(Float.NaN).isEmpty());
    assertTrue(ofFirstChannel(1, Float.NaN).isEmpty());
    assertTrue(ofFirstChannel(Float.POSITIVE_INFINITY).isEmpty());
    assertTrue(ofFirstChannel(Float.MIN_NORMAL).isEmpty());
    // 127.5 and 1/64 have few bits each, and no power of two between them.
    assertTrue(ofFirstChannel(127.5f, 0.015625f).isEmpty());
    assertTrue(ofFirstChannel(64, -64).isPresent());
    assertEquals(1, ofFirstChannel(0, 0).get().scale()[0]);
  }

  private Optional<EightBitWeights> ofFirstChannel(float... rows) {
    float[] weights = new float[rows.length * lanes];
    for (int row = 0; row < rows.length; row++) {
      weights[row * lanes] = rows[row];
    }
    return of(rows.length, weights);
  }

  private Optional<EightBitWeights> of(int rows, float[] values) {
    float[] weights = new float[FIRST + values.length];
    System.arraycopy(values, 0, weights, FIRST, values.length);
    return kernels.eightBitKernels().orElseThrow().weights(weights, rows, values.length / rows);
  }
}
