package org.dl4jsnn.asf;

import java.io.Serializable;
import org.dl4jsnn.gradient.FlowSums;
import org.dl4jsnn.internal.Require;

/**
 * Adaptive linear estimation of the slope k in out ≈ k · in (equation 11 of docs/mathematics.md).
 *
 * <pre>
 *  k̂ = Σ_G out / Σ_G in,   or the fallback if Σ_G in is below the minimum flow
 *  k ← share · k̂ + (1 − share) · k
 * </pre>
 *
 * with in and out the accumulated flow of a layer over a minibatch. In a weighted layer G holds the
 * elements with in ≥ out, in a pooling layer all of them. Immutable.
 *
 * <p>The constants are those of the authors' scripts: share 0.6, minimum flow 0.001, fallback 1.
 *
 * @param share the share of the new estimate in the slope; in (0, 1]
 * @param minimumFlow accumulated input below which the fallback is used; positive and finite
 * @param fallback the estimate for too little input; positive and finite
 * @serial exclude
 */
public record LinearEstimation(double share, double minimumFlow, double fallback)
    implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Creates the estimation with the published constants. */
  public LinearEstimation() {
    this(0.6, 1e-3, 1);
  }

  /**
   * Creates an estimation.
   *
   * @param share the share of the new estimate in the slope; in (0, 1]
   * @param minimumFlow accumulated input below which the fallback is used; positive and finite
   * @param fallback the estimate for too little input; positive and finite
   * @throws IllegalArgumentException if a parameter is invalid
   */
  public LinearEstimation {
    Require.fraction("share", share);
    Require.positiveFinite("minimum flow", minimumFlow);
    Require.positiveFinite("fallback", fallback);
  }

  /**
   * {@return the refreshed slope of a layer}
   *
   * @param slope the slope so far
   * @param sums the sums of the layer's flow over the minibatch just simulated
   */
  public double refresh(double slope, FlowSums sums) {
    double estimate = sums.in() < minimumFlow ? fallback : sums.out() / sums.in();
    return share * estimate + (1 - share) * slope;
  }

  @Override
  public String toString() {
    return "share " + share + ", minimum flow " + minimumFlow + ", fallback " + fallback;
  }
}
