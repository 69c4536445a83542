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

  /** Writes factor · 1[in &gt; 0] · gradient. */
  static void apply(RecordedFlow flow, INDArray gradient, double factor, INDArray result) {
    apply(flow, (sample, values) -> {}, gradient, factor, result);
  }

  /** Writes factor · 1[in &gt; 0] · 1[out &lt; T] · gradient. */
  static void applyBelowSaturation(
      RecordedFlow flow, AccumulatedSpikes out, INDArray gradient, double factor, INDArray result) {
    apply(flow, out::clearSaturated, gradient, factor, result);
  }

  /** Changes the gradient of a sample. */
  @FunctionalInterface
  private interface SampleGate {
    void apply(int sample, float[] values);
  }

  private static void apply(
      RecordedFlow flow, SampleGate further, INDArray gradient, double factor, INDArray result) {
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
                    further.apply(sample, values);
                    target.duplicate().position(sample * neurons).put(values);
                  };
                }));
    Reference.reachabilityFence(gradient);
  }

  /** The same with ND4J's operations, for other data types and backends. */
  static void apply(AccumulatedFlow flow, INDArray gradient, double factor, INDArray result) {
    // Three plain operations take a third of the time of ND4J's single operation.
    Nd4j.exec(new Step(flow.in(), result, 0));
    result.muli(gradient).muli(factor);
  }

  /** The same with ND4J's operations, which keep a gradient that is not a number. */
  static void applyBelowSaturation(
      AccumulatedFlow flow, INDArray gradient, double factor, INDArray result) {
    apply(flow, gradient, factor, result);
    result.muli(flow.out().lt(flow.steps()).castTo(result.dataType()));
  }
}
