package org.dl4jsnn.internal.layer;

import java.util.Map;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The effect of a normalisation on every channel.
 *
 * @param mean μ
 * @param inverse 1/√(σ² + ε)
 * @param gain γ
 * @param shift β
 */
record ChannelScaling(double[] mean, double[] inverse, double[] gain, double[] shift) {

  static ChannelScaling of(
      double[] mean, double[] variance, double epsilon, Map<String, INDArray> parameters) {
    double[] inverse = new double[mean.length];
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = 1 / Math.sqrt(variance[i] + epsilon);
    }
    return new ChannelScaling(
        mean,
        inverse,
        parameters.get(CurrentNormalization.GAIN).toDoubleVector(),
        parameters.get(CurrentNormalization.SHIFT).toDoubleVector());
  }

  /** γ/√(σ² + ε). */
  double[] scale() {
    double[] scale = new double[gain.length];
    for (int i = 0; i < scale.length; i++) {
      scale[i] = gain[i] * inverse[i];
    }
    return scale;
  }
}
