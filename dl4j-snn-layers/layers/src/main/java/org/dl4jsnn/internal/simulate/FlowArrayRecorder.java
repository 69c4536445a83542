package org.dl4jsnn.internal.simulate;

import java.lang.ref.Reference;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.host.FlowRecorder;
import org.dl4jsnn.internal.host.RecordedFlow;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Records an accumulated flow that already exists in arrays. */
public final class FlowArrayRecorder {

  private FlowArrayRecorder() {}

  /**
   * Records the accumulated input and output, each [minibatch, …], of a layer with or without
   * weights.
   */
  public static RecordedFlow record(INDArray in, INDArray out, boolean weighted) {
    RecordedFlow recorded =
        FlowRecorder.record(
            HostArrays.buffer(in), HostArrays.buffer(out), Math.toIntExact(in.size(0)), weighted);
    Reference.reachabilityFence(in);
    Reference.reachabilityFence(out);
    return recorded;
  }
}
