package org.dl4jsnn.asf;

import java.nio.FloatBuffer;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.simulate.ParallelSamples;
import org.dl4jsnn.spike.HostArrays;

/**
 * The sums of a layer's flow over the elements that the linear estimation counts. Every sample is
 * summed by itself, and the samples in their order, so the result does not depend on the number of
 * threads.
 *
 * @param in Σ_G in
 * @param out Σ_G out
 */
record FlowSums(double in, double out) {

  /** Sums up; in a weighted layer only elements with in ≥ out count. */
  static FlowSums of(AccumulatedFlow flow, boolean weighted) {
    FloatBuffer in = HostArrays.buffer(flow.in());
    FloatBuffer out = HostArrays.buffer(flow.out());
    int samples = Math.toIntExact(flow.in().size(0));
    int perSample = in.capacity() / samples;
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
    double sumIn = 0;
    double sumOut = 0;
    for (int i = 0; i < in.length; i++) {
      if (!weighted || in[i] >= out[i]) {
        sumIn += in[i];
        sumOut += out[i];
      }
    }
    return new FlowSums(sumIn, sumOut);
  }
}
