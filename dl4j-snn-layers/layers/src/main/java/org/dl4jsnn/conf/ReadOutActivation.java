package org.dl4jsnn.conf;

import org.dl4jsnn.internal.Require;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.BaseActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The activation of the published read-out (equation 8 of docs/mathematics.md), for a stock output
 * layer over firing rates: y = z / θ, with z = W · rate and θ the threshold of the weighted layers.
 * At θ = 1 it is the identity.
 *
 * <pre>{@code
 * OutputLayer readOut =
 *     new OutputLayer.Builder(new LossL2())
 *         .nOut(10)
 *         .activation(new ReadOutActivation(2)) // the threshold of the layers below
 *         .build();
 * }</pre>
 */
public final class ReadOutActivation extends BaseActivationFunction {

  private static final long serialVersionUID = 1L;

  /** θ of the weighted layers. */
  @JsonProperty private final double threshold;

  /**
   * Creates an activation.
   *
   * @param threshold θ; positive and finite
   * @throws IllegalArgumentException if the threshold is invalid
   */
  @JsonCreator
  public ReadOutActivation(@JsonProperty("threshold") double threshold) {
    this.threshold = Require.positiveFinite("threshold", threshold);
  }

  /** {@return the threshold, by which inputs are divided: θ} */
  public double threshold() {
    return threshold;
  }

  @Override
  public INDArray getActivation(INDArray in, boolean training) {
    return in.divi(threshold);
  }

  @Override
  public Pair<INDArray, INDArray> backprop(INDArray in, INDArray epsilon) {
    assertShape(in, epsilon);
    return new Pair<>(epsilon.divi(threshold), null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReadOutActivation that
        && Double.compare(threshold, that.threshold) == 0;
  }

  @Override
  public int hashCode() {
    return Double.hashCode(threshold);
  }

  @Override
  public String toString() {
    return "readout(threshold=" + threshold + ")";
  }
}
