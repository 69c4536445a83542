package org.dl4jsnn.asf;

import java.nio.FloatBuffer;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.parallel.ParallelSamples;

/**
 * The sums of a layer's flow over the elements that the linear estimation counts. Every sample is
 * summed by itself, and the samples in their order, so the result does not depend on the number of
 * threads.
 *
 * @param in Σ_G in
 * @param out Σ_G out
 */
record FlowSums(double in, double out) {

  /** Sums that run beside each other, since an addition waits for the one before it. */
  private static final int PARTS = 4;

  /** Sums up; in a weighted layer only elements with in ≥ out count. */
  static FlowSums of(AccumulatedFlow flow, boolean weighted) {
    FloatBuffer in = HostArrays.buffer(flow.in());
    FloatBuffer out = HostArrays.buffer(flow.out());
    int samples = Math.toIntExact(flow.in().size(0));
    int perSample = Math.toIntExact(flow.in().length()) / samples;
    FlowSums[] sums = new FlowSums[samples];
    ParallelSamples.run(
        samples,
        () -> {
          float[] inputs = new float[perSample];
          float[] outputs = new float[perSample];
          return sample -> {
            in.duplicate().position(sample * perSample).get(inputs);
            out.duplicate().position(sample * perSample).get(outputs);
            sums[sample] = of(inputs, outputs, weighted);
          };
        });
    double sumIn = 0;
    double sumOut = 0;
    for (FlowSums sum : sums) {
      sumIn += sum.in;
      sumOut += sum.out;
    }
    return new FlowSums(sumIn, sumOut);
  }

  private static FlowSums of(float[] in, float[] out, boolean weighted) {
    int always = weighted ? 0 : -1;
    double[] sumIn = new double[PARTS];
    double[] sumOut = new double[PARTS];
    for (int i = 0; i < in.length; i++) {
      // All bits where the element counts, otherwise none: a branch would be mispredicted.
      int counts = always | ~(Float.floatToRawIntBits(in[i] - out[i]) >> Integer.SIZE - 1);
      sumIn[i % PARTS] += Float.intBitsToFloat(Float.floatToRawIntBits(in[i]) & counts);
      sumOut[i % PARTS] += Float.intBitsToFloat(Float.floatToRawIntBits(out[i]) & counts);
    }
    return new FlowSums(sum(sumIn), sum(sumOut));
  }

  private static double sum(double[] parts) {
    double sum = 0;
    for (double part : parts) {
      sum += part;
    }
    return sum;
  }
}
