package org.dl4jsnn.internal.kernel.vector;

import static org.dl4jsnn.internal.kernel.vector.VectorKernels.FLOATS;
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.INTS;
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.LANES;

import java.util.Optional;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.dl4jsnn.internal.kernel.EightBitWeights;
import org.dl4jsnn.internal.kernel.KernelProvider;

/**
 * Recognises eight-bit weights and packs two per int: the lower half holds the weight of a channel
 * in an even vector, the upper half that of the same lane in the next vector.
 */
final class WeightPairs {

  private static final int FIRST = KernelProvider.FIRST_WEIGHT;

  /** The bits of a float that are zero in such a number: all but seven bits of the significand. */
  private static final int MUST_BE_ZERO = (1 << 17) - 1;

  /**
   * Added to a small whole number, it leaves that number in the lowest bits of the sum. Java 17 has
   * no vector instruction for the conversion.
   */
  private static final float RAISED = 0x1.8p23f;

  private static final int RAISED_BITS = Float.floatToRawIntBits(RAISED);

  /** Rows that are processed vector by vector: few enough to stay in the cache. */
  private static final int ROWS = 256;

  private WeightPairs() {}

  /** Packs rows of {@code width} weights; empty if not all have eight bits. */
  static Optional<EightBitWeights> of(float[] weights, int rows, int width) {
    // Other weights are recognised by their first row, so the check costs almost nothing.
    for (int i = FIRST; i < FIRST + width; i++) {
      if ((Float.floatToRawIntBits(weights[i]) & MUST_BE_ZERO) != 0) {
        return Optional.empty();
      }
    }
    float[] scale = new float[width];
    float[] inverse = new float[width];
    float[] sums = new float[width];
    for (int row = 0; row < rows; row += ROWS) {
      for (int first = 0; first < width; first += LANES) {
        largest(weights, row, Math.min(rows, row + ROWS), width, first, scale, sums);
      }
    }
    for (int channel = 0; channel < width; channel++) {
      scale[channel] = EightBitWeights.scale(scale[channel]);
      inverse[channel] = 1 / scale[channel];
      if (!(scale[channel] >= Float.MIN_NORMAL && inverse[channel] >= Float.MIN_NORMAL)) {
        return Optional.empty();
      }
    }
    int perRow = (width / LANES + 1) / 2 * LANES;
    int[] pairs = new int[FIRST + Math.multiplyExact(rows, perRow)];
    for (int row = 0; row < rows; row += ROWS) {
      for (int first = 0; first < width; first += LANES) {
        int to = first / LANES / 2 * LANES;
        int shift = first / LANES % 2 * Short.SIZE;
        int end = Math.min(rows, row + ROWS);
        if (!add(weights, row, end, width, first, inverse, pairs, perRow, to, shift)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new EightBitWeights(pairs, scale, sums));
  }

  /** The largest magnitude, and the sum of magnitudes, of every channel of a vector. */
  private static void largest(
      float[] weights, int from, int end, int width, int first, float[] target, float[] sums) {
    FloatVector largest = FloatVector.fromArray(FLOATS, target, first);
    FloatVector sum = FloatVector.fromArray(FLOATS, sums, first);
    for (int row = from; row < end; row++) {
      FloatVector magnitude =
          FloatVector.fromArray(FLOATS, weights, FIRST + row * width + first).abs();
      largest = largest.max(magnitude);
      sum = sum.add(magnitude);
    }
    largest.intoArray(target, first);
    sum.intoArray(sums, first);
  }

  /** Adds a vector of every row to the pairs; returns whether all were whole numbers. */
  private static boolean add(
      float[] weights,
      int from,
      int end,
      int width,
      int first,
      float[] inverse,
      int[] pairs,
      int perRow,
      int to,
      int shift) {
    FloatVector factor = FloatVector.fromArray(FLOATS, inverse, first);
    IntVector rest = IntVector.zero(INTS);
    for (int row = from; row < end; row++) {
      FloatVector number =
          FloatVector.fromArray(FLOATS, weights, FIRST + row * width + first).mul(factor);
      FloatVector raised = number.add(RAISED);
      IntVector whole = raised.reinterpretAsInts().sub(RAISED_BITS);
      rest = rest.or(number.sub(raised.sub(RAISED)).reinterpretAsInts());
      int at = FIRST + row * perRow + to;
      IntVector.fromArray(INTS, pairs, at)
          .add(whole.lanewise(VectorOperators.LSHL, shift))
          .intoArray(pairs, at);
    }
    return rest.reduceLanes(VectorOperators.OR) == 0;
  }
}
