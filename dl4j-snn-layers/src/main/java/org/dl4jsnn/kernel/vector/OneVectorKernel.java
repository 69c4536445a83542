package org.dl4jsnn.kernel.vector;

import static org.dl4jsnn.kernel.vector.VectorKernels.FLOATS;
import static org.dl4jsnn.kernel.vector.VectorKernels.INTS;
import static org.dl4jsnn.kernel.vector.VectorKernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.dl4jsnn.kernel.LineKernel;
import org.dl4jsnn.kernel.LineTask;

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
    if (task.amplitudes == null) {
      unit(task);
    } else {
      graded(task);
    }
  }

  private void unit(LineTask task) {
    final float[] membrane = task.membrane;
    final int[] counts = task.counts;
    final int[] rows = task.rows;
    final int[] bounds = task.bounds;
    final int[] words = task.words;
    final float[] w = weights;
    final int steps = task.steps;
    final int boundsPerStep = task.boundsPerStep;
    final int wordsPerStep = task.wordsPerStep;
    final boolean skipEmpty = rule.skipEmpty();
    final FloatVector threshold = FloatVector.broadcast(FLOATS, rule.threshold());
    final FloatVector leak = FloatVector.broadcast(FLOATS, rule.leak());
    final IntVector subtracted = IntVector.broadcast(INTS, rule.subtracted());
    final IntVector erased = IntVector.broadcast(INTS, rule.erased());
    final IntVector set = IntVector.broadcast(INTS, rule.set());
    for (int position = 0; position < task.positions; position++) {
      int at = task.membraneStart + position * task.membraneStride;
      int from = task.firstBound + task.firstRow[position] * task.boundsPerRow;
      int to = task.firstBound + task.endRow[position] * task.boundsPerRow;
      int shift = task.rowShift[position];
      int word = task.firstWord + position * task.wordsPerLine;
      for (int step = 0; step < steps; step++, word += wordsPerStep) {
        int event = bounds[step * boundsPerStep + from];
        int end = bounds[step * boundsPerStep + to];
        if (event < end || !skipEmpty) {
          FloatVector u0 = FloatVector.fromArray(FLOATS, membrane, at);
          for (; event < end; event++) {
            int row = (rows[event] - shift) * WIDTH;
            u0 = u0.add(FloatVector.fromArray(FLOATS, w, row));
          }
          u0 = u0.add(FloatVector.fromArray(FLOATS, bias, 0));
          IntVector f0 = threshold.sub(u0).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
          IntVector.fromArray(INTS, counts, at).sub(f0).intoArray(counts, at);
          words[word] |= f0.and(BITS_0).reduceLanes(VectorOperators.OR) << task.shift;
          u0.sub(f0.and(subtracted).reinterpretAsFloats())
              .reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f0.and(erased))
              .or(f0.and(set))
              .reinterpretAsFloats()
              .mul(leak)
              .intoArray(membrane, at);
        }
      }
    }
  }

  private void graded(LineTask task) {
    final float[] membrane = task.membrane;
    final int[] counts = task.counts;
    final int[] rows = task.rows;
    final float[] amplitudes = task.amplitudes;
    final int[] bounds = task.bounds;
    final int[] words = task.words;
    final float[] w = weights;
    final int steps = task.steps;
    final int boundsPerStep = task.boundsPerStep;
    final int wordsPerStep = task.wordsPerStep;
    final boolean skipEmpty = rule.skipEmpty();
    final FloatVector threshold = FloatVector.broadcast(FLOATS, rule.threshold());
    final FloatVector leak = FloatVector.broadcast(FLOATS, rule.leak());
    final IntVector subtracted = IntVector.broadcast(INTS, rule.subtracted());
    final IntVector erased = IntVector.broadcast(INTS, rule.erased());
    final IntVector set = IntVector.broadcast(INTS, rule.set());
    for (int position = 0; position < task.positions; position++) {
      int at = task.membraneStart + position * task.membraneStride;
      int from = task.firstBound + task.firstRow[position] * task.boundsPerRow;
      int to = task.firstBound + task.endRow[position] * task.boundsPerRow;
      int shift = task.rowShift[position];
      int word = task.firstWord + position * task.wordsPerLine;
      for (int step = 0; step < steps; step++, word += wordsPerStep) {
        int event = bounds[step * boundsPerStep + from];
        int end = bounds[step * boundsPerStep + to];
        if (event < end || !skipEmpty) {
          FloatVector u0 = FloatVector.fromArray(FLOATS, membrane, at);
          for (; event < end; event++) {
            int row = (rows[event] - shift) * WIDTH;
            FloatVector amplitude = FloatVector.broadcast(FLOATS, amplitudes[event]);
            u0 = u0.add(amplitude.mul(FloatVector.fromArray(FLOATS, w, row)));
          }
          u0 = u0.add(FloatVector.fromArray(FLOATS, bias, 0));
          IntVector f0 = threshold.sub(u0).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
          IntVector.fromArray(INTS, counts, at).sub(f0).intoArray(counts, at);
          words[word] |= f0.and(BITS_0).reduceLanes(VectorOperators.OR) << task.shift;
          u0.sub(f0.and(subtracted).reinterpretAsFloats())
              .reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f0.and(erased))
              .or(f0.and(set))
              .reinterpretAsFloats()
              .mul(leak)
              .intoArray(membrane, at);
        }
      }
    }
  }
}
