package org.dl4jsnn.internal.kernel.vector;

import static org.dl4jsnn.internal.kernel.vector.VectorKernels.FLOATS;
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.INTS;
import static org.dl4jsnn.internal.kernel.vector.VectorKernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.dl4jsnn.internal.kernel.KernelProvider;
import org.dl4jsnn.internal.kernel.LineKernel;
import org.dl4jsnn.internal.kernel.LineTask;

/** A block of one vector of output channels. */
final class OneVectorKernel implements LineKernel {

  private static final int WIDTH = LANES;
  private static final int SIGN = Integer.SIZE - 1;
  private static final IntVector BITS_0 = VectorKernels.lanesAsBits(0);

  private final float[] weights;
  private final float[] bias;
  private final BranchFreeRule rule;

  OneVectorKernel(float[] weights, float[] bias, BranchFreeRule rule) {
    this.weights = weights;
    this.bias = bias;
    this.rule = rule;
  }

  @Override
  public void run(LineTask task) {
    if (rule.published() && task.amplitudes == null) {
      published(task);
    } else {
      general(task);
    }
  }

  /** Ordinary spikes into neurons without leak and bias that are reset to zero. */
  private void published(LineTask task) {
    final float[] membrane = task.membrane;
    final int[] rows = task.rows;
    final int[] bounds = task.bounds;
    final int[] words = task.words;
    final float[] w = weights;
    final int steps = task.steps;
    final int boundsPerStep = task.boundsPerStep;
    final int positions = task.positions;
    final int[] firstRow = task.firstRow;
    final int[] endRow = task.endRow;
    final int[] rowShift = task.rowShift;
    final int[] rowWord = task.rowWord;
    final int lineShift = task.lineShift;
    final FloatVector threshold = FloatVector.broadcast(FLOATS, rule.threshold());
    for (int step = 0; step < steps; step++) {
      int firstBound = task.firstBound + step * boundsPerStep;
      if (bounds[firstBound + firstRow[0]] == bounds[firstBound + endRow[positions - 1]]) {
        continue; // nothing reaches the column at this step
      }
      int at = task.membraneStart;
      int firstWord = task.firstWord + step * task.wordsPerStep;
      // Positions inside, steps outside: the next iteration does not wait for this one's store.
      for (int position = 0; position < positions; position++) {
        int event = bounds[firstBound + firstRow[position]];
        int end = bounds[firstBound + endRow[position]];
        if (event < end) {
          int shift = rowShift[position] + lineShift;
          int word = firstWord + rowWord[position];
          FloatVector u0 = FloatVector.fromArray(FLOATS, membrane, at);
          for (; event < end; event++) {
            int row = (rows[event] - shift) * WIDTH + KernelProvider.FIRST_WEIGHT;
            u0 = u0.add(FloatVector.fromArray(FLOATS, w, row));
          }
          IntVector f0 = threshold.sub(u0).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
          int bits = f0.and(BITS_0).reduceLanes(VectorOperators.OR);
          words[word] |= bits << task.shift;
          u0.reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f0)
              .reinterpretAsFloats()
              .intoArray(membrane, at);
        }
        at += task.membraneStride;
      }
    }
  }

  /** Any amplitudes and any neurons. */
  private void general(LineTask task) {
    final float[] membrane = task.membrane;
    final int[] rows = task.rows;
    final float[] amplitudes = task.amplitudes;
    final int[] bounds = task.bounds;
    final int[] words = task.words;
    final float[] w = weights;
    final int steps = task.steps;
    final int boundsPerStep = task.boundsPerStep;
    final int positions = task.positions;
    final int[] firstRow = task.firstRow;
    final int[] endRow = task.endRow;
    final int[] rowShift = task.rowShift;
    final int[] rowWord = task.rowWord;
    final int lineShift = task.lineShift;
    final boolean skipEmpty = rule.skipEmpty();
    final FloatVector threshold = FloatVector.broadcast(FLOATS, rule.threshold());
    final FloatVector leak = FloatVector.broadcast(FLOATS, rule.leak());
    final IntVector subtracted = IntVector.broadcast(INTS, rule.subtracted());
    final IntVector erased = IntVector.broadcast(INTS, rule.erased());
    final IntVector set = IntVector.broadcast(INTS, rule.set());
    for (int step = 0; step < steps; step++) {
      int firstBound = task.firstBound + step * boundsPerStep;
      int at = task.membraneStart;
      int firstWord = task.firstWord + step * task.wordsPerStep;
      // Positions inside, steps outside: the next iteration does not wait for this one's store.
      for (int position = 0; position < positions; position++) {
        int event = bounds[firstBound + firstRow[position]];
        int end = bounds[firstBound + endRow[position]];
        if (event < end || !skipEmpty) {
          int shift = rowShift[position] + lineShift;
          int word = firstWord + rowWord[position];
          FloatVector u0 = FloatVector.fromArray(FLOATS, membrane, at);
          for (; event < end; event++) {
            int row = (rows[event] - shift) * WIDTH + KernelProvider.FIRST_WEIGHT;
            float a = amplitudes == null ? 1 : amplitudes[event];
            FloatVector amplitude = FloatVector.broadcast(FLOATS, a);
            u0 = u0.add(amplitude.mul(FloatVector.fromArray(FLOATS, w, row)));
          }
          u0 = u0.add(FloatVector.fromArray(FLOATS, bias, 0));
          IntVector f0 = threshold.sub(u0).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
          int bits = f0.and(BITS_0).reduceLanes(VectorOperators.OR);
          words[word] |= bits << task.shift;
          u0.sub(f0.and(subtracted).reinterpretAsFloats())
              .reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f0.and(erased))
              .or(f0.and(set))
              .reinterpretAsFloats()
              .mul(leak)
              .intoArray(membrane, at);
        }
        at += task.membraneStride;
      }
    }
  }
}
