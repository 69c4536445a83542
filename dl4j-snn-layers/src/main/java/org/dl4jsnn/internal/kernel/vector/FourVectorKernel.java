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
    final int secondWord = task.wordOffsets[WIDTH > Integer.SIZE ? 1 : 0];
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
          FloatVector u1 = FloatVector.fromArray(FLOATS, membrane, at + LANES);
          FloatVector u2 = FloatVector.fromArray(FLOATS, membrane, at + 2 * LANES);
          FloatVector u3 = FloatVector.fromArray(FLOATS, membrane, at + 3 * LANES);
          for (; event < end; event++) {
            int row = (rows[event] - shift) * WIDTH + KernelProvider.FIRST_WEIGHT;
            u0 = u0.add(FloatVector.fromArray(FLOATS, w, row));
            u1 = u1.add(FloatVector.fromArray(FLOATS, w, row + LANES));
            u2 = u2.add(FloatVector.fromArray(FLOATS, w, row + 2 * LANES));
            u3 = u3.add(FloatVector.fromArray(FLOATS, w, row + 3 * LANES));
          }
          IntVector f0 = threshold.sub(u0).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
          IntVector f1 = threshold.sub(u1).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
          IntVector f2 = threshold.sub(u2).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
          IntVector f3 = threshold.sub(u3).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
          IntVector low = f0.and(BITS_0).or(f1.and(BITS_1));
          IntVector high = f2.and(BITS_2).or(f3.and(BITS_3));
          if (WIDTH > Integer.SIZE) {
            words[word] = low.reduceLanes(VectorOperators.OR);
            words[word + secondWord] = high.reduceLanes(VectorOperators.OR);
          } else {
            words[word] |= low.or(high).reduceLanes(VectorOperators.OR) << task.shift;
          }
          u0.reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f0)
              .reinterpretAsFloats()
              .intoArray(membrane, at);
          u1.reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f1)
              .reinterpretAsFloats()
              .intoArray(membrane, at + LANES);
          u2.reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f2)
              .reinterpretAsFloats()
              .intoArray(membrane, at + 2 * LANES);
          u3.reinterpretAsInts()
              .lanewise(VectorOperators.AND_NOT, f3)
              .reinterpretAsFloats()
              .intoArray(membrane, at + 3 * LANES);
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
    final int secondWord = task.wordOffsets[WIDTH > Integer.SIZE ? 1 : 0];
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
          FloatVector u1 = FloatVector.fromArray(FLOATS, membrane, at + LANES);
          FloatVector u2 = FloatVector.fromArray(FLOATS, membrane, at + 2 * LANES);
          FloatVector u3 = FloatVector.fromArray(FLOATS, membrane, at + 3 * LANES);
          for (; event < end; event++) {
            int row = (rows[event] - shift) * WIDTH + KernelProvider.FIRST_WEIGHT;
            float a = amplitudes == null ? 1 : amplitudes[event];
            FloatVector amplitude = FloatVector.broadcast(FLOATS, a);
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
          IntVector low = f0.and(BITS_0).or(f1.and(BITS_1));
          IntVector high = f2.and(BITS_2).or(f3.and(BITS_3));
          if (WIDTH > Integer.SIZE) {
            words[word] = low.reduceLanes(VectorOperators.OR);
            words[word + secondWord] = high.reduceLanes(VectorOperators.OR);
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
        at += task.membraneStride;
      }
    }
  }
}
