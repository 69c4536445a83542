package org.dl4jsnn.internal.update;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.function.Supplier;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.parallel.ParallelRuns;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Loops over all weights, on all threads. Runs of them are copied to Java arrays, which stay in the
 * nearest cache and whose loops Java vectorises. Results do not depend on the number of threads.
 */
final class WeightRuns {

  /** Three arrays of this length fit into a first-level cache. */
  private static final int RUN = 2048;

  private WeightRuns() {}

  /** What is done with a run. */
  @FunctionalInterface
  private interface Run {

    /** Processes the values from {@code first} on; {@code part} is the part that they belong to. */
    void take(int part, int first, int count);
  }

  /** Adds a multiple of the weights to their gradient. */
  static void add(INDArray weights, double factor, INDArray gradient) {
    FloatBuffer from = HostArrays.buffer(weights);
    FloatBuffer to = HostArrays.buffer(gradient);
    float scale = (float) factor;
    forEach(
        from.limit(),
        () -> {
          float[] addends = new float[RUN];
          float[] sums = new float[RUN];
          return (part, first, count) -> {
            from.get(first, addends, 0, count);
            to.get(first, sums, 0, count);
            for (int i = 0; i < count; i++) {
              sums[i] += scale * addends[i];
            }
            to.put(first, sums, 0, count);
          };
        });
    HostArrays.written(gradient);
    Reference.reachabilityFence(weights);
    Reference.reachabilityFence(gradient);
  }

  /** The sum of the squares of all weights. */
  static double sumOfSquares(INDArray weights) {
    FloatBuffer from = HostArrays.buffer(weights);
    double[] sums = new double[ParallelRuns.parts(from.limit())];
    forEach(
        from.limit(),
        () -> {
          float[] values = new float[RUN];
          return (part, first, count) -> {
            from.get(first, values, 0, count);
            sums[part] += sumOfSquares(values, count);
          };
        });
    Reference.reachabilityFence(weights);
    double sum = 0;
    for (double ofPart : sums) {
      sum += ofPart;
    }
    return sum;
  }

  /** Four sums, since every addition would wait for the one before. */
  private static double sumOfSquares(float[] values, int count) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i < count - 3; i += 4) {
      sum0 += (double) values[i] * values[i];
      sum1 += (double) values[i + 1] * values[i + 1];
      sum2 += (double) values[i + 2] * values[i + 2];
      sum3 += (double) values[i + 3] * values[i + 3];
    }
    for (; i < count; i++) {
      sum0 += (double) values[i] * values[i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  /** Takes a step of Adam: the gradient becomes the update. */
  static void adam(INDArray gradient, INDArray mean, INDArray square, AdamStep step) {
    FloatBuffer gradients = HostArrays.buffer(gradient);
    FloatBuffer means = HostArrays.buffer(mean);
    FloatBuffer squares = HostArrays.buffer(square);
    forEach(
        gradients.limit(),
        () -> {
          float[] g = new float[RUN];
          float[] m = new float[RUN];
          float[] v = new float[RUN];
          return (part, first, count) -> {
            gradients.get(first, g, 0, count);
            means.get(first, m, 0, count);
            squares.get(first, v, 0, count);
            step.take(g, m, v, count);
            gradients.put(first, g, 0, count);
            means.put(first, m, 0, count);
            squares.put(first, v, 0, count);
          };
        });
    HostArrays.written(gradient);
    HostArrays.written(mean);
    HostArrays.written(square);
    Reference.reachabilityFence(gradient);
    Reference.reachabilityFence(mean);
    Reference.reachabilityFence(square);
  }

  private static void forEach(int length, Supplier<Run> newRun) {
    ParallelRuns.run(
        length,
        () -> {
          Run run = newRun.get();
          return (part, first, count) -> {
            int end = first + count;
            for (int start = first; start < end; start += RUN) {
              run.take(part, start, Math.min(RUN, end - start));
            }
          };
        });
  }
}
