package org.dl4jsnn.internal.host;

import java.nio.FloatBuffer;
import org.dl4jsnn.internal.kernel.FlowKernel;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.parallel.ParallelSamples;

/**
 * Records the accumulated flow of samples while it is in the cache. Every sample is summed
 * separately and samples are added in order, so sums do not depend on the number of threads.
 */
public final class FlowRecorder {

  private final FlowKernel kernel = Kernels.chosen().flowKernel();
  private final int neurons;
  private final boolean weighted;
  private final int[][] gates;
  private final double[] in;
  private final double[] out;

  /**
   * Records an existing flow.
   *
   * @param inputs accumulated input, sample after sample in array order
   * @param weighted whether the layer has weights
   */
  public static RecordedFlow record(
      FloatBuffer inputs, FloatBuffer outputs, int samples, boolean weighted) {
    int neurons = outputs.remaining() / samples;
    FlowRecorder recorder = new FlowRecorder(samples, neurons, weighted);
    ParallelSamples.run(
        samples,
        () -> {
          float[] input = new float[neurons];
          float[] totals = new float[neurons];
          return sample -> {
            inputs.duplicate().position(sample * neurons).get(input);
            outputs.duplicate().position(sample * neurons).get(totals);
            recorder.take(sample, input, totals);
          };
        });
    return recorder.flow();
  }

  /**
   * A recorder.
   *
   * @param weighted whether the layer has weights; then only elements with in ≥ out are summed
   */
  public FlowRecorder(int samples, int neurons, boolean weighted) {
    this.neurons = neurons;
    this.weighted = weighted;
    this.gates = new int[samples][];
    this.in = new double[samples];
    this.out = new double[samples];
  }

  /**
   * Records a sample; samples may come from several threads.
   *
   * @param inputs its accumulated input, in array order
   */
  public void take(int sample, float[] inputs, float[] totals) {
    gates[sample] = new int[FlowKernel.words(neurons)];
    kernel.gate(inputs, neurons, gates[sample]);
    double[] sums = kernel.sums(inputs, totals, 0, neurons, !weighted);
    in[sample] = sums[0];
    out[sample] = sums[1];
  }

  /** The recorded flow; the flow, or null if a sample is missing. */
  public RecordedFlow flow() {
    double sumIn = 0;
    double sumOut = 0;
    for (int sample = 0; sample < gates.length; sample++) {
      if (gates[sample] == null) {
        return null;
      }
      sumIn += in[sample];
      sumOut += out[sample];
    }
    return new RecordedFlow(gates, sumIn, sumOut);
  }
}
