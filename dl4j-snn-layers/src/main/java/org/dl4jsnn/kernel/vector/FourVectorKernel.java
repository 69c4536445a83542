package org.dl4jsnn.kernel.vector;

import static org.dl4jsnn.kernel.vector.VectorKernels.FLOATS;
import static org.dl4jsnn.kernel.vector.VectorKernels.INTS;
import static org.dl4jsnn.kernel.vector.VectorKernels.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.dl4jsnn.kernel.FireRule;
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
  private final FireRule rule;

  FourVectorKernel(float[] weights, float[] bias, FireRule rule) {
    this.weights = weights;
    this.bias = bias;
    this.rule = rule;
  }

  @Override
  public void run(LineTask task) {
    final float[] membrane = task.membrane;
    final int[] counts = task.counts;
    final int[] rows = task.rows;
    final float[] amplitudes = task.amplitudes;
    final int[] bounds = task.bounds;
    final int[] words = task.words;
    final float[] w = weights;
    final int steps = task.steps;
    final boolean biased = bias.length > 0;
    final boolean leaky = rule.leak() != 1;
    final boolean subtractive = rule.subtractive();
    final boolean skipEmpty = rule.restsWithoutInput() && !biased;
    final FloatVector threshold = FloatVector.broadcast(FLOATS, rule.threshold());
    final FloatVector leak = FloatVector.broadcast(FLOATS, rule.leak());
    final IntVector afterSpike =
        FloatVector.broadcast(FLOATS, subtractive ? rule.threshold() : rule.resetValue())
            .reinterpretAsInts();
    final FloatVector b0 =
        biased ? FloatVector.fromArray(FLOATS, bias, 0) : FloatVector.zero(FLOATS);
    final FloatVector b1 =
        biased ? FloatVector.fromArray(FLOATS, bias, LANES) : FloatVector.zero(FLOATS);
    final FloatVector b2 =
        biased ? FloatVector.fromArray(FLOATS, bias, 2 * LANES) : FloatVector.zero(FLOATS);
    final FloatVector b3 =
        biased ? FloatVector.fromArray(FLOATS, bias, 3 * LANES) : FloatVector.zero(FLOATS);
    for (int position = 0; position < task.positions; position++) {
      int at = task.membraneStart + position * task.membraneStride;
      int from = task.firstRow[position];
      int to = task.endRow[position];
      int shift = task.rowShift[position];
      int word = task.firstWord + position * task.wordsPerLine;
      FloatVector u0 = FloatVector.fromArray(FLOATS, membrane, at);
      FloatVector u1 = FloatVector.fromArray(FLOATS, membrane, at + LANES);
      FloatVector u2 = FloatVector.fromArray(FLOATS, membrane, at + 2 * LANES);
      FloatVector u3 = FloatVector.fromArray(FLOATS, membrane, at + 3 * LANES);
      IntVector n0 = IntVector.fromArray(INTS, counts, at);
      IntVector n1 = IntVector.fromArray(INTS, counts, at + LANES);
      IntVector n2 = IntVector.fromArray(INTS, counts, at + 2 * LANES);
      IntVector n3 = IntVector.fromArray(INTS, counts, at + 3 * LANES);
      for (int step = 0; step < steps; step++, word += task.wordsPerStep) {
        int event = bounds[step * task.boundsPerStep + from];
        int end = bounds[step * task.boundsPerStep + to];
        if (event == end && skipEmpty) {
          continue;
        }
        if (amplitudes == null) {
          for (; event < end; event++) {
            int row = (rows[event] - shift) * WIDTH;
            u0 = u0.add(FloatVector.fromArray(FLOATS, w, row));
            u1 = u1.add(FloatVector.fromArray(FLOATS, w, row + LANES));
            u2 = u2.add(FloatVector.fromArray(FLOATS, w, row + 2 * LANES));
            u3 = u3.add(FloatVector.fromArray(FLOATS, w, row + 3 * LANES));
          }
        } else {
          for (; event < end; event++) {
            int row = (rows[event] - shift) * WIDTH;
            FloatVector amplitude = FloatVector.broadcast(FLOATS, amplitudes[event]);
            u0 = u0.add(amplitude.mul(FloatVector.fromArray(FLOATS, w, row)));
            u1 = u1.add(amplitude.mul(FloatVector.fromArray(FLOATS, w, row + LANES)));
            u2 = u2.add(amplitude.mul(FloatVector.fromArray(FLOATS, w, row + 2 * LANES)));
            u3 = u3.add(amplitude.mul(FloatVector.fromArray(FLOATS, w, row + 3 * LANES)));
          }
        }
        if (biased) {
          u0 = u0.add(b0);
          u1 = u1.add(b1);
          u2 = u2.add(b2);
          u3 = u3.add(b3);
        }
        IntVector f0 = threshold.sub(u0).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
        IntVector f1 = threshold.sub(u1).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
        IntVector f2 = threshold.sub(u2).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
        IntVector f3 = threshold.sub(u3).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
        n0 = n0.sub(f0);
        n1 = n1.sub(f1);
        n2 = n2.sub(f2);
        n3 = n3.sub(f3);
        IntVector low = f0.and(BITS_0).or(f1.and(BITS_1));
        IntVector high = f2.and(BITS_2).or(f3.and(BITS_3));
        if (WIDTH > Integer.SIZE) {
          words[word] |= low.reduceLanes(VectorOperators.OR);
          words[word + 1] |= high.reduceLanes(VectorOperators.OR);
        } else {
          words[word] |= low.or(high).reduceLanes(VectorOperators.OR) << task.shift;
        }
        if (subtractive) {
          u0 = u0.sub(f0.and(afterSpike).reinterpretAsFloats());
          u1 = u1.sub(f1.and(afterSpike).reinterpretAsFloats());
          u2 = u2.sub(f2.and(afterSpike).reinterpretAsFloats());
          u3 = u3.sub(f3.and(afterSpike).reinterpretAsFloats());
        } else {
          u0 =
              u0.reinterpretAsInts()
                  .lanewise(VectorOperators.AND_NOT, f0)
                  .or(f0.and(afterSpike))
                  .reinterpretAsFloats();
          u1 =
              u1.reinterpretAsInts()
                  .lanewise(VectorOperators.AND_NOT, f1)
                  .or(f1.and(afterSpike))
                  .reinterpretAsFloats();
          u2 =
              u2.reinterpretAsInts()
                  .lanewise(VectorOperators.AND_NOT, f2)
                  .or(f2.and(afterSpike))
                  .reinterpretAsFloats();
          u3 =
              u3.reinterpretAsInts()
                  .lanewise(VectorOperators.AND_NOT, f3)
                  .or(f3.and(afterSpike))
                  .reinterpretAsFloats();
        }
        if (leaky) {
          u0 = u0.mul(leak);
          u1 = u1.mul(leak);
          u2 = u2.mul(leak);
          u3 = u3.mul(leak);
        }
      }
      u0.intoArray(membrane, at);
      u1.intoArray(membrane, at + LANES);
      u2.intoArray(membrane, at + 2 * LANES);
      u3.intoArray(membrane, at + 3 * LANES);
      n0.intoArray(counts, at);
      n1.intoArray(counts, at + LANES);
      n2.intoArray(counts, at + 2 * LANES);
      n3.intoArray(counts, at + 3 * LANES);
    }
  }
}
