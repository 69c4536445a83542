package org.dl4jsnn.internal.layer;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.host.RecordedFlow;
import org.dl4jsnn.internal.kernel.FlowKernel;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;

/** Passes gradients only through neurons that had input and, if asked, were not saturated. */
final class FlowGate {

  private static final FlowKernel KERNEL = Kernels.chosen().flowKernel();

  private FlowGate() {}

  /**
   * Writes factor · 1[in &gt; 0] · 1[out &lt; T] · gradient.
   *
   * @param out the neurons' spikes; null leaves out the second gate
   */
  static void apply(
      RecordedFlow flow, AccumulatedSpikes out, INDArray gradient, double factor, INDArray result) {
    int[][] gates = flow.gates();
    int neurons = Math.toIntExact(gradient.length()) / gates.length;
    FloatBuffer source = HostArrays.buffer(gradient);
    HostArrays.fill(
        result,
        target ->
            ParallelSamples.run(
                gates.length,
                () -> {
                  float[] values = new float[neurons];
                  return sample -> {
                    source.duplicate().position(sample * neurons).get(values);
                    KERNEL.apply(gates[sample], (float) factor, values, neurons);
                    if (out != null) {
                      out.clearSaturated(sample, values);
                    }
                    target.duplicate().position(sample * neurons).put(values);
                  };
                }));
    Reference.reachabilityFence(gradient);
  }

  /**
   * The same with ND4J's operations, for other data types and backends; below saturation, they keep
   * a gradient that is not a number.
   */
  static void apply(
      AccumulatedFlow flow,
      boolean belowSaturation,
      INDArray gradient,
      double factor,
      INDArray result) {
    // Three plain operations take a third of the time of ND4J's single operation.
    Nd4j.exec(new Step(flow.in(), result, 0));
    result.muli(gradient).muli(factor);
    if (belowSaturation) {
      result.muli(flow.out().lt(flow.steps()).castTo(result.dataType()));
    }
  }
}
