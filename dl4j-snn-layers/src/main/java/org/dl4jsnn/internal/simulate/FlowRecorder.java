package org.dl4jsnn.internal.simulate;

import java.nio.FloatBuffer;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.kernel.FlowKernel;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Takes the accumulated flow of samples while it is in the cache. Every sample is summed by itself,
 * and the samples in their order, so the sums do not depend on the number of threads.
 */
public final class FlowRecorder {

  private final FlowKernel kernel = Kernels.chosen().flowKernel();
  private final int neurons;
  private final boolean weighted;
  private final int[][] gates;
  private final double[] in;
  private final double[] out;

  /**
   * Records a flow that is there already.
   *
   * @param in accumulated input, [minibatch, …]
   * @param out accumulated output, in the same shape
   * @param weighted whether the layer has weights
   * @return the flow
   */
  public static RecordedFlow record(INDArray in, INDArray out, boolean weighted) {
    FloatBuffer inputs = HostArrays.buffer(in);
    float[] totals = HostArrays.floats(out);
    int samples = Math.toIntExact(in.size(0));
    int neurons = totals.length / samples;
    FlowRecorder recorder = new FlowRecorder(samples, neurons, weighted);
    ParallelSamples.run(
        samples,
        () -> {
          float[] ofSample = new float[neurons];
          return sample -> {
            inputs.duplicate().position(sample * neurons).get(ofSample);
            recorder.take(sample, ofSample, totals);
          };
        });
    return recorder.flow();
  }

  /**
   * A recorder.
   *
   * @param samples number of samples
   * @param neurons neurons of a sample
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
   * Takes a sample; samples may come from several threads.
   *
   * @param sample which
   * @param inputs its accumulated input, in the order of arrays
   * @param totals numbers of spikes of all samples
   */
  public void take(int sample, float[] inputs, float[] totals) {
    gates[sample] = new int[FlowKernel.words(neurons)];
    kernel.gate(inputs, neurons, gates[sample]);
    int always = weighted ? 0 : -1;
    int offset = sample * neurons;
    // Four sums beside each other, since an addition waits for the one before it.
    double in0 = 0;
    double in1 = 0;
    double in2 = 0;
    double in3 = 0;
    double out0 = 0;
    double out1 = 0;
    double out2 = 0;
    double out3 = 0;
    int i = 0;
    for (; i <= neurons - 4; i += 4) {
      int counts0 = always | counts(inputs[i], totals[offset + i]);
      int counts1 = always | counts(inputs[i + 1], totals[offset + i + 1]);
      int counts2 = always | counts(inputs[i + 2], totals[offset + i + 2]);
      int counts3 = always | counts(inputs[i + 3], totals[offset + i + 3]);
      in0 += masked(inputs[i], counts0);
      in1 += masked(inputs[i + 1], counts1);
      in2 += masked(inputs[i + 2], counts2);
      in3 += masked(inputs[i + 3], counts3);
      out0 += masked(totals[offset + i], counts0);
      out1 += masked(totals[offset + i + 1], counts1);
      out2 += masked(totals[offset + i + 2], counts2);
      out3 += masked(totals[offset + i + 3], counts3);
    }
    for (; i < neurons; i++) {
      int counts = always | counts(inputs[i], totals[offset + i]);
      in0 += masked(inputs[i], counts);
      out0 += masked(totals[offset + i], counts);
    }
    in[sample] = in0 + in1 + in2 + in3;
    out[sample] = out0 + out1 + out2 + out3;
  }

  /** All bits where the element counts, otherwise none: a branch would be mispredicted. */
  private static int counts(float in, float out) {
    return ~(Float.floatToRawIntBits(in - out) >> Integer.SIZE - 1);
  }

  private static float masked(float value, int mask) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(value) & mask);
  }

  /**
   * What was recorded.
   *
   * @return the flow, or null if a sample is missing
   */
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
