package org.dl4jsnn.kernel.vector;

import static org.dl4jsnn.kernel.vector.VectorKernels.FLOATS;
import static org.dl4jsnn.kernel.vector.VectorKernels.INTS;
import static org.dl4jsnn.kernel.vector.VectorKernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.dl4jsnn.kernel.LineKernel;
import org.dl4jsnn.kernel.LineTask;

/** A block of four vectors of output channels. */
final class FourVectorKernel implements LineKernel {

  private static final int WIDTH = 4 * LANES;
  private static final int SIGN = Integer.SIZE - 1;
  private static final IntVector BITS_0 = VectorKernels.lanesAsBits(0);
  private static final IntVector BITS_1 = VectorKernels.lanesAsBits(1);
  private static final IntVector BITS_2 = VectorKernels.lanesAsBits(2);
  private static final IntVector BITS_3 = VectorKernels.lanesAsBits(3);

  private final float[] weights;
  private final float[] bias;
  private final BranchFreeRule rule;

  FourVectorKernel(float[] weights, float[] bias, BranchFreeRule rule) {
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
          FloatVector u1 = FloatVector.fromArray(FLOATS, membrane, at + LANES);
          FloatVector u2 = FloatVector.fromArray(FLOATS, membrane, at + 2 * LANES);
          FloatVector u3 = FloatVector.fromArray(FLOATS, membrane, at + 3 * LANES);
          for (; event < end; event++) {
            int row = (rows[event] - shift) * WIDTH;
            u0 = u0.add(FloatVector.fromArray(FLOATS, w, row));
            u1 = u1.add(FloatVector.fromArray(FLOATS, w, row + LANES));
            u2 = u2.add(FloatVector.fromArray(FLOATS, w, row + 2 * LANES));
            u3 = u3.add(FloatVector.fromArray(FLOATS, w, row + 3 * LANES));
          }
          u0 = u0.add(FloatVector.fromArray(FLOATS, bias, 0));
          u1 = u1.add(FloatVector.fromArray(FLOATS, bias, LANES));
          u2 = u2.add(FloatVector.fromArray(FLOATS, bias, 2 * LANES));
          u3 = u3.add(FloatVector.fromArray(FLOATS, bias, 3 * LANES));
          IntVector f0 = threshold.sub(u0).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
          IntVector f1 = threshold.sub(u1).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
          IntVector f2 = threshold.sub(u2).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
          IntVector f3 = threshold.sub(u3).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
          IntVector.fromArray(INTS, counts, at).sub(f0).intoArray(counts, at);
          IntVector.fromArray(INTS, counts, at + LANES).sub(f1).intoArray(counts, at + LANES);
          IntVector.fromArray(INTS, counts, at + 2 * LANES)
              .sub(f2)
              .intoArray(counts, at + 2 * LANES);
          IntVector.fromArray(INTS, counts, at + 3 * LANES)
              .sub(f3)
              .intoArray(counts, at + 3 * LANES);
          IntVector low = f0.and(BITS_0).or(f1.and(BITS_1));
          IntVector high = f2.and(BITS_2).or(f3.and(BITS_3));
          if (WIDTH > Integer.SIZE) {
            words[word] |= low.reduceLanes(VectorOperators.OR);
            words[word + 1] |= high.reduceLanes(VectorOperators.OR);
          } else {
            words[word] |= low.or(high).reduceLanes(VectorOperators.OR) << task.shift;
          }
          u0.sub(f0.and(subtracted).reinterpretAsFloats())
              .reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f0.and(erased))
              .or(f0.and(set))
              .reinterpretAsFloats()
              .mul(leak)
              .intoArray(membrane, at);
          u1.sub(f1.and(subtracted).reinterpretAsFloats())
              .reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f1.and(erased))
              .or(f1.and(set))
              .reinterpretAsFloats()
              .mul(leak)
              .intoArray(membrane, at + LANES);
          u2.sub(f2.and(subtracted).reinterpretAsFloats())
              .reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f2.and(erased))
              .or(f2.and(set))
              .reinterpretAsFloats()
              .mul(leak)
              .intoArray(membrane, at + 2 * LANES);
          u3.sub(f3.and(subtracted).reinterpretAsFloats())
              .reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f3.and(erased))
              .or(f3.and(set))
              .reinterpretAsFloats()
              .mul(leak)
              .intoArray(membrane, at + 3 * LANES);
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
          FloatVector u1 = FloatVector.fromArray(FLOATS, membrane, at + LANES);
          FloatVector u2 = FloatVector.fromArray(FLOATS, membrane, at + 2 * LANES);
          FloatVector u3 = FloatVector.fromArray(FLOATS, membrane, at + 3 * LANES);
          for (; event < end; event++) {
            int row = (rows[event] - shift) * WIDTH;
            FloatVector amplitude = FloatVector.broadcast(FLOATS, amplitudes[event]);
            u0 = u0.add(amplitude.mul(FloatVector.fromArray(FLOATS, w, row)));
            u1 = u1.add(amplitude.mul(FloatVector.fromArray(FLOATS, w, row + LANES)));
            u2 = u2.add(amplitude.mul(FloatVector.fromArray(FLOATS, w, row + 2 * LANES)));
            u3 = u3.add(amplitude.mul(FloatVector.fromArray(FLOATS, w, row + 3 * LANES)));
          }
          u0 = u0.add(FloatVector.fromArray(FLOATS, bias, 0));
          u1 = u1.add(FloatVector.fromArray(FLOATS, bias, LANES));
          u2 = u2.add(FloatVector.fromArray(FLOATS, bias, 2 * LANES));
          u3 = u3.add(FloatVector.fromArray(FLOATS, bias, 3 * LANES));
          IntVector f0 = threshold.sub(u0).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
          IntVector f1 = threshold.sub(u1).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
          IntVector f2 = threshold.sub(u2).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
          IntVector f3 = threshold.sub(u3).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
          IntVector.fromArray(INTS, counts, at).sub(f0).intoArray(counts, at);
          IntVector.fromArray(INTS, counts, at + LANES).sub(f1).intoArray(counts, at + LANES);
          IntVector.fromArray(INTS, counts, at + 2 * LANES)
              .sub(f2)
              .intoArray(counts, at + 2 * LANES);
          IntVector.fromArray(INTS, counts, at + 3 * LANES)
              .sub(f3)
              .intoArray(counts, at + 3 * LANES);
          IntVector low = f0.and(BITS_0).or(f1.and(BITS_1));
          IntVector high = f2.and(BITS_2).or(f3.and(BITS_3));
          if (WIDTH > Integer.SIZE) {
            words[word] |= low.reduceLanes(VectorOperators.OR);
            words[word + 1] |= high.reduceLanes(VectorOperators.OR);
          } else {
            words[word] |= low.or(high).reduceLanes(VectorOperators.OR) << task.shift;
          }
          u0.sub(f0.and(subtracted).reinterpretAsFloats())
              .reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f0.and(erased))
              .or(f0.and(set))
              .reinterpretAsFloats()
              .mul(leak)
              .intoArray(membrane, at);
          u1.sub(f1.and(subtracted).reinterpretAsFloats())
              .reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f1.and(erased))
              .or(f1.and(set))
              .reinterpretAsFloats()
              .mul(leak)
              .intoArray(membrane, at + LANES);
          u2.sub(f2.and(subtracted).reinterpretAsFloats())
              .reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f2.and(erased))
              .or(f2.and(set))
              .reinterpretAsFloats()
              .mul(leak)
              .intoArray(membrane, at + 2 * LANES);
          u3.sub(f3.and(subtracted).reinterpretAsFloats())
              .reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f3.and(erased))
              .or(f3.and(set))
              .reinterpretAsFloats()
              .mul(leak)
              .intoArray(membrane, at + 3 * LANES);
        }
      }
    }
  }
}
