package org.dl4jsnn.internal.kernel.vector;

import static org.dl4jsnn.internal.kernel.vector.VectorKernels.FLOATS;
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.INTS;
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.dl4jsnn.internal.kernel.FlowKernel;

/** A vector of neurons at a time; the rest, less than a word, goes to the plain twin's loop. */
final class VectorFlowKernel implements FlowKernel {

  private static final int SIGN = Integer.SIZE - 1;
  private static final IntVector BITS = VectorKernels.lanesAsBits(0);

  @Override
  public void gate(float[] in, int neurons, int[] gate) {
    int whole = neurons / WORD;
    for (int word = 0; word < whole; word++) {
      int bits = 0;
      for (int k = 0; k < WORD; k += LANES) {
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
  public void apply(int[] gate, float factor, float[] gradient, int neurons) {
    int whole = neurons / WORD;
    for (int word = 0; word < whole; word++) {
      for (int k = 0; k < WORD; k += LANES) {
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
}
