package org.dl4jsnn.asf;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.BackpropRules;
import org.dl4jsnn.gradient.LayerPass;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Backpropagation of accumulated spiking flow, ASF-BP (equations 9 to 12 of docs/mathematics.md).
 *
 * <pre>{@code
 * AsfBackprop.applyTo(configuration); // every layer, once per network
 *
 * BackpropRule rule = new AsfBackprop().withSaturationGate();
 * SpikingDense dense = new SpikingDense.Builder().nOut(200).backprop(rule).build(); // one layer
 * }</pre>
 *
 * <p>It does not use the spike trains. Each spiking layer is treated as the gated line out ≈ k ·
 * in, so with rates r = out / T,
 *
 * <pre>  ∂r / ∂(mean current) = k · 1[in &gt; 0] </pre>
 *
 * and one backward pass serves any T. The slope k is a parameter of every layer, named {@value
 * #SLOPE}, refreshed by a {@link LinearEstimation} on a {@link RefreshSchedule} from the minibatch
 * just simulated, before its backward pass.
 *
 * <p>Source: Wu et al., "Training Spiking Neural Networks with Accumulated Spiking Flow", AAAI
 * 2021, doi 10.1609/aaai.v35i12.17236. The gate has no upper end: a neuron that fired at every step
 * still gets the full slope, as in the authors' scripts; {@link #withSaturationGate} is an addition
 * of this library. Immutable.
 *
 * @param estimation how slopes are estimated
 * @param schedule when slopes are refreshed
 * @param initialSlope k before the first refresh; positive and finite
 * @param saturationGate whether neurons that fired at every step get a zero gradient
 * @serial exclude
 */
public record AsfBackprop(
    LinearEstimation estimation,
    RefreshSchedule schedule,
    double initialSlope,
    boolean saturationGate)
    implements BackpropRule {

  private static final long serialVersionUID = 1L;

  /** The name of the slope k among a layer's parameters. */
  public static final String SLOPE = "slope";

  /** Creates the rule with the published settings: refreshed every 5 epochs, from a slope of 1. */
  public AsfBackprop() {
    this(new LinearEstimation(), RefreshSchedule.everyEpochs(5), 1, false);
  }

  /**
   * Creates the rule with other constants.
   *
   * @param estimation how slopes are estimated
   * @param schedule when slopes are refreshed
   * @param initialSlope k before the first refresh; positive and finite
   * @param saturationGate whether neurons that fired at every step get a zero gradient
   * @throws IllegalArgumentException if a parameter is invalid
   */
  public AsfBackprop {
    Require.given("estimation", estimation);
    Require.given("schedule", schedule);
    Require.positiveFinite("initial slope", initialSlope);
  }

  /**
   * {@return the same rule with another schedule}
   *
   * @param other when slopes are refreshed
   */
  public AsfBackprop withSchedule(RefreshSchedule other) {
    return new AsfBackprop(estimation, other, initialSlope, saturationGate);
  }

  /**
   * {@return the same rule with an upper end to the gate: a neuron that fired at every step gets
   * zero gradient, since its rate cannot rise}
   */
  public AsfBackprop withSaturationGate() {
    return new AsfBackprop(estimation, schedule, initialSlope, true);
  }

  /**
   * Makes every spiking layer of a configuration learn by the published method, replacing its rule.
   *
   * @param configuration before a network is built from it
   * @throws IllegalArgumentException if no layer is a spiking layer
   */
  public static void applyTo(MultiLayerConfiguration configuration) {
    BackpropRules.apply(configuration, new AsfBackprop());
  }

  /**
   * Makes every spiking layer of a configuration learn by the published method, replacing its rule.
   *
   * @param configuration before a graph is built from it
   * @throws IllegalArgumentException if no layer is a spiking layer
   */
  public static void applyTo(ComputationGraphConfiguration configuration) {
    BackpropRules.apply(configuration, new AsfBackprop());
  }

  @Override
  public Map<String, Double> scalars() {
    return Map.of(SLOPE, initialSlope);
  }

  @Override
  public boolean endsAtSaturation() {
    return saturationGate;
  }

  @Override
  public boolean countsEpochs() {
    return schedule.countsEpochs();
  }

  @Override
  public boolean gatesFlow() {
    return true;
  }

  @Override
  public INDArray backprop(LayerPass pass, INDArray rateGradient) {
    double slope = pass.scalar(SLOPE);
    if (schedule.isDue(pass.epoch(), pass.iteration())) {
      slope = estimation.refresh(slope, pass.flowSums());
      pass.updateScalar(SLOPE, slope);
    }
    // ∂L/∂(mean current) = k · 1[in > 0] · ∂L/∂r (equation 12 of docs/mathematics.md).
    INDArray gradient =
        saturationGate
            ? pass.gateBelowSaturation(rateGradient, slope)
            : pass.gate(rateGradient, slope);
    learnThreshold(pass, gradient);
    return pass.propagate(gradient);
  }

  /**
   * Only the threshold of neurons that scale with it can be learned (equation 43 of
   * docs/mathematics.md). Flows do not show what a neuron does from step to step.
   */
  @Override
  public Optional<String> whyNotLearned(NeuronDynamics neuron, String parameter) {
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

  /**
   * Passes the layer the gradient of its threshold, if the layer learns it. If a neuron fires the
   * same spikes when its currents and its threshold are multiplied by the same number, its rate is
   * a function of their quotient, so with the mean current c̄ = in / T
   *
   * <pre>  ∂r/∂θ = −(c̄ / θ) · ∂r/∂c̄ </pre>
   */
  private static void learnThreshold(LayerPass pass, INDArray currentGradient) {
    List<NeuronParameter> parameters = pass.neuron().parameters();
    for (int p = 0; p < parameters.size(); p++) {
      if (parameters.get(p).isLearned()) {
        double[] in = pass.flow().in().dup('c').data().asDouble();
        double[] gradient = currentGradient.dup('c').data().asDouble();
        int channels = Math.toIntExact(currentGradient.size(1));
        int neurons = Math.toIntExact(currentGradient.length() / currentGradient.size(0));
        double[] theta = parameters.get(p).ofChannels(channels);
        double[] sums = new double[channels];
        for (int i = 0; i < in.length; i++) {
          sums[i % neurons / (neurons / channels)] -= in[i] * gradient[i];
        }
        for (int channel = 0; channel < channels; channel++) {
          sums[channel] /= pass.flow().steps() * theta[channel];
        }
        pass.learn(p, sums);
      }
    }
  }

  @Override
  public String toString() {
    return "AsfBackprop ("
        + estimation
        + ", refreshed "
        + schedule
        + (saturationGate ? ", saturation gate" : "")
        + ")";
  }
}
