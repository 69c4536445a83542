package org.dl4jsnn.gradient.surrogate;

import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * σ(x/a) · (1 − σ(x/a)) / a with the logistic function σ (equation 18 of docs/mathematics.md).
 *
 * <p>Source: a surrogate of Wu et al. 2018 (see {@link RectangularSurrogate}); published code names
 * its steepness α = 1/a.
 */
public final class SigmoidSurrogate extends Surrogate {

  private static final long serialVersionUID = 1L;

  /**
   * A surrogate.
   *
   * @param width a = 1/α; positive and finite
   * @throws IllegalArgumentException if the width breaks its rule
   */
  @JsonCreator
  public SigmoidSurrogate(@JsonProperty("width") double width) {
    super(width);
  }

  @Override
  public double derivative(double distance) {
    double step = smoothStep(distance);
    return step * (1 - step) / width();
  }

  @Override
  public double smoothStep(double distance) {
    return 1 / (1 + Math.exp(-distance / width()));
  }
}
