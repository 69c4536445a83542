package org.dl4jsnn.kernel.vector;

import static org.dl4jsnn.kernel.vector.VectorKernels.FLOATS;
import static org.dl4jsnn.kernel.vector.VectorKernels.INTS;
import static org.dl4jsnn.kernel.vector.VectorKernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.dl4jsnn.kernel.CurrentKernel;

/** A vector of words at a time, row after row, so that its bits stay in a register. */
final class VectorCurrentKernel implements CurrentKernel {

  private static final int SIGN = Integer.SIZE - 1;
  private static final int ONE = Float.floatToRawIntBits(1);

  private final BranchFreeRule rule;

  VectorCurrentKernel(BranchFreeRule rule) {
    this.rule = rule;
  }

  @Override
  public void step(
      float[] current, float[] membrane, float[] counts, int[] words, int rows, int width) {
    for (int first = 0; first < width; first += LANES) {
      step(current, membrane, counts, rows, first).intoArray(words, first);
    }
  }

  /** Steps one vector of every row; returns its words. */
  private IntVector step(float[] current, float[] membrane, float[] counts, int rows, int first) {
    final FloatVector threshold = FloatVector.broadcast(FLOATS, rule.threshold());
    final FloatVector leak = FloatVector.broadcast(FLOATS, rule.leak());
    final IntVector subtracted = IntVector.broadcast(INTS, rule.subtracted());
    final IntVector erased = IntVector.broadcast(INTS, rule.erased());
    final IntVector set = IntVector.broadcast(INTS, rule.set());
    final IntVector one = IntVector.broadcast(INTS, ONE);
    IntVector words = IntVector.zero(INTS);
    for (int row = 0; row < rows; row++) {
      int at = row * WIDTH + first;
      FloatVector u =
          FloatVector.fromArray(FLOATS, membrane, at)
              .add(FloatVector.fromArray(FLOATS, current, at));
      IntVector fired = threshold.sub(u).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
      u.sub(fired.and(subtracted).reinterpretAsFloats())
          .reinterpretAsInts()
          .lanewise(VectorOperators.AND_NOT, fired.and(erased))
          .or(fired.and(set))
          .reinterpretAsFloats()
          .mul(leak)
          .intoArray(membrane, at);
      FloatVector.fromArray(FLOATS, counts, at)
          .add(fired.and(one).reinterpretAsFloats())
          .intoArray(counts, at);
      words = words.or(fired.and(1 << row));
    }
    return words;
  }
}
