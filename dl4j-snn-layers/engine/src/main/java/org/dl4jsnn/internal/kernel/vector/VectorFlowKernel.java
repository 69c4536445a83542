package org.dl4jsnn.internal.kernel.vector;

import static org.dl4jsnn.internal.kernel.vector.VectorKernels.FLOATS;
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.INTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.dl4jsnn.internal.kernel.FlowKernel;
import org.dl4jsnn.internal.kernel.PlainFlowKernel;
import org.dl4jsnn.internal.spike.SpikeCounts;

/**
 * A vector of neurons at a time; the plain loop handles the remainder of less than a word. The
 * lanes of a vector are {@code VectorKernels.LANES}, with its class: the interface has others of
 * that name, the partial sums.
 */
final class VectorFlowKernel implements FlowKernel {

  private static final int SIGN = Integer.SIZE - 1;
  private static final IntVector BITS = VectorKernels.lanesAsBits(0);

  @Override
  public void gate(float[] in, int neurons, int[] gate) {
    int whole = neurons / WORD;
    for (int word = 0; word < whole; word++) {
      int bits = 0;
      for (int k = 0; k < WORD; k += VectorKernels.LANES) {
        // The sign of 0 - in, without a mask.
        IntVector sign =
            FloatVector.zero(FLOATS)
                .sub(FloatVector.fromArray(FLOATS, in, word * WORD + k))
                .reinterpretAsInts()
                .lanewise(VectorOperators.ASHR, SIGN);
        bits |= sign.and(BITS).reduceLanes(VectorOperators.OR) << k;
      }
      gate[word] = bits;
    }
    if (whole * WORD < neurons) {
      int bits = 0;
      for (int i = whole * WORD; i < neurons; i++) {
        bits |= Float.floatToRawIntBits(0 - in[i]) >>> SIGN << i - whole * WORD;
      }
      gate[whole] = bits;
    }
  }

  @Override
  public double[] sums(float[] in, float[] out, int first, int neurons, boolean all) {
    double[] sums = new double[2];
    float[] sumIn = new float[FlowKernel.LANES];
    float[] sumOut = new float[FlowKernel.LANES];
    for (int block = 0; block < neurons; block += BLOCK) {
      int end = Math.min(neurons, block + BLOCK);
      int whole = end - (end - block) % FlowKernel.LANES;
      for (int lane = 0; lane < FlowKernel.LANES; lane += VectorKernels.LANES) {
        add(in, out, first, block + lane, whole, all, lane, sumIn, sumOut);
      }
      PlainFlowKernel.add(in, out, first, whole, end, all, sumIn, sumOut);
      PlainFlowKernel.addUp(sumIn, sumOut, sums);
    }
    return sums;
  }

  /** A vector of partial sums. */
  private static void add(
      float[] in,
      float[] out,
      int first,
      int from,
      int end,
      boolean all,
      int lane,
      float[] sumIn,
      float[] sumOut) {
    IntVector always = IntVector.broadcast(INTS, all ? -1 : 0);
    FloatVector ofInput = FloatVector.zero(FLOATS);
    FloatVector ofOutput = FloatVector.zero(FLOATS);
    for (int i = from; i < end; i += FlowKernel.LANES) {
      FloatVector input = FloatVector.fromArray(FLOATS, in, i);
      FloatVector output = FloatVector.fromArray(FLOATS, out, first + i);
      IntVector counts =
          input
              .sub(output)
              .reinterpretAsInts()
              .lanewise(VectorOperators.ASHR, SIGN)
              .not()
              .or(always);
      ofInput = ofInput.add(input.reinterpretAsInts().and(counts).reinterpretAsFloats());
      ofOutput = ofOutput.add(output.reinterpretAsInts().and(counts).reinterpretAsFloats());
    }
    ofInput.intoArray(sumIn, lane);
    ofOutput.intoArray(sumOut, lane);
  }

  @Override
  public void apply(int[] gate, float factor, float[] gradient, int neurons) {
    int whole = neurons / WORD;
    for (int word = 0; word < whole; word++) {
      for (int k = 0; k < WORD; k += VectorKernels.LANES) {
        int at = word * WORD + k;
        IntVector closed =
            IntVector.broadcast(INTS, gate[word] >>> k)
                .and(BITS)
                .sub(1)
                .lanewise(VectorOperators.ASHR, SIGN);
        FloatVector.fromArray(FLOATS, gradient, at)
            .mul(factor)
            .reinterpretAsInts()
            .lanewise(VectorOperators.AND_NOT, closed)
            .reinterpretAsFloats()
            .intoArray(gradient, at);
      }
    }
    for (int i = whole * WORD; i < neurons; i++) {
      int open = gate[whole] << SIGN - (i - whole * WORD) >> SIGN;
      int bits = Float.floatToRawIntBits(factor * gradient[i]);
      gradient[i] = Float.intBitsToFloat(bits & open);
    }
  }

  /** The loop of {@link SpikeCounts.Loop}. */
  static void counts(
      int[] digits, int first, int rows, int positions, int bit, float[] target, int offset) {
    int whole = positions - positions % VectorKernels.LANES;
    for (int i = 0; i < whole; i += VectorKernels.LANES) {
      IntVector count = IntVector.zero(INTS);
      int at = first + i;
      for (int row = 0; row < rows; row++) {
        IntVector digit =
            IntVector.fromArray(INTS, digits, at).lanewise(VectorOperators.LSHR, bit).and(1);
        count = count.or(digit.lanewise(VectorOperators.LSHL, row));
        at += positions;
      }
      ((FloatVector) count.convert(VectorOperators.I2F, 0)).intoArray(target, offset + i);
    }
    for (int i = whole; i < positions; i++) {
      int count = 0;
      for (int row = 0; row < rows; row++) {
        count |= (digits[first + row * positions + i] >>> bit & 1) << row;
      }
      target[offset + i] = count;
    }
  }
}
