package org.dl4jsnn.gradient;

import org.dl4jsnn.internal.host.RecordedFlow;
import org.dl4jsnn.internal.simulate.FlowArrayRecorder;

/**
 * Sums of a layer's accumulated flow over a minibatch, over the elements G of equation 11 of
 * docs/mathematics.md: in a weighted layer those with in ≥ out, in a pooling layer all.
 *
 * @param in Σ_G in
 * @param out Σ_G out
 */
public record FlowSums(double in, double out) {

  /**
   * Sums a flow.
   *
   * @param flow the flow
   * @param weighted whether the layer has weights
   * @return the sums, the same for any number of threads
   */
  public static FlowSums of(AccumulatedFlow flow, boolean weighted) {
    RecordedFlow recorded = FlowArrayRecorder.record(flow.in(), flow.out(), weighted);
    return new FlowSums(recorded.in(), recorded.out());
  }
}
