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

/** A block of one vector of output channels. */
final class OneVectorKernel implements LineKernel {

  private static final int WIDTH = LANES;
  private static final int SIGN = Integer.SIZE - 1;
  private static final IntVector BITS_0 = VectorKernels.lanesAsBits(0);

  private final float[] weights;
  private final float[] bias;
  private final FireRule rule;

  OneVectorKernel(float[] weights, float[] bias, FireRule rule) {
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
    for (int position = 0; position < task.positions; position++) {
      int at = task.membraneStart + position * task.membraneStride;
      int from = task.firstRow[position];
      int to = task.endRow[position];
      int shift = task.rowShift[position];
      int word = task.firstWord + position * task.wordsPerLine;
      FloatVector u0 = FloatVector.fromArray(FLOATS, membrane, at);
      IntVector n0 = IntVector.fromArray(INTS, counts, at);
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
          }
        } else {
          for (; event < end; event++) {
            int row = (rows[event] - shift) * WIDTH;
            FloatVector amplitude = FloatVector.broadcast(FLOATS, amplitudes[event]);
            u0 = u0.add(amplitude.mul(FloatVector.fromArray(FLOATS, w, row)));
          }
        }
        if (biased) {
          u0 = u0.add(b0);
        }
        IntVector f0 = threshold.sub(u0).reinterpretAsInts().lanewise(VectorOperators.ASHR, SIGN);
        n0 = n0.sub(f0);
        words[word] |= f0.and(BITS_0).reduceLanes(VectorOperators.OR) << task.shift;
        if (subtractive) {
          u0 = u0.sub(f0.and(afterSpike).reinterpretAsFloats());
        } else {
          u0 =
              u0.reinterpretAsInts()
                  .lanewise(VectorOperators.AND_NOT, f0)
                  .or(f0.and(afterSpike))
                  .reinterpretAsFloats();
        }
        if (leaky) {
          u0 = u0.mul(leak);
        }
      }
      u0.intoArray(membrane, at);
      n0.intoArray(counts, at);
    }
  }
}
