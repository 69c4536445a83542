package org.dl4jsnn.asf;

import java.util.List;
import java.util.Optional;
import org.dl4jsnn.gradient.LayerPass;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The gradient of a threshold from accumulated flow (equation 43 of docs/mathematics.md). If a
 * neuron fires the same spikes when its currents and its threshold are multiplied by the same
 * number, its rate is a function of their quotient, so with the mean current c̄ = in / T
 *
 * <pre>  ∂r/∂θ = −(c̄ / θ) · ∂r/∂c̄ </pre>
 */
final class ThresholdGradient {

  private static final int CHANNEL_AXIS = 1;

  private ThresholdGradient() {}

  /** Why flows do not determine the gradient of a parameter; empty if they do. */
  static Optional<String> whyNotLearned(NeuronDynamics neuron, String parameter) {
    if (!parameter.equals(NeuronParameter.THRESHOLD)) {
      return Optional.of(
          "Accumulated flow does not show what a neuron keeps from step to step, so of a neuron's"
              + " parameters only the threshold has a gradient; RateBackprop has the others");
    }
    if (!neuron.scalesWithThreshold()) {
      return Optional.of(
          "Accumulated flow gives a threshold a gradient only if spikes stay the same when"
              + " currents and threshold grow by the same factor: with a reset to zero or by"
              + " subtraction, an initial membrane of 0 and no adaptation; RateBackprop has one for"
              + " any neuron");
    }
    return Optional.empty();
  }

  /** Passes the layer the gradient of its threshold, if the layer learns it. */
  static void learn(LayerPass pass, INDArray currentGradient) {
    List<NeuronParameter> parameters = pass.neuron().parameters();
    for (int p = 0; p < parameters.size(); p++) {
      if (parameters.get(p).isLearned()) {
        pass.learn(p, ofChannels(pass, currentGradient, parameters.get(p)));
      }
    }
  }

  /** −Σ (in / T) · ∂L/∂c̄ / θ, over samples and positions. */
  private static double[] ofChannels(
      LayerPass pass, INDArray currentGradient, NeuronParameter threshold) {
    double[] in = pass.flow().in().dup('c').data().asDouble();
    double[] gradient = currentGradient.dup('c').data().asDouble();
    int channels = Math.toIntExact(currentGradient.size(CHANNEL_AXIS));
    int neurons = Math.toIntExact(currentGradient.length() / currentGradient.size(0));
    double[] theta = threshold.ofChannels(channels);
    double[] sums = new double[channels];
    for (int i = 0; i < in.length; i++) {
      sums[i % neurons / (neurons / channels)] -= in[i] * gradient[i];
    }
    for (int channel = 0; channel < channels; channel++) {
      sums[channel] /= pass.flow().steps() * theta[channel];
    }
    return sums;
  }
}
