package org.dl4jsnn.conf;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.linear.Firing;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.regularize.FiringRateRegularization;
import org.dl4jsnn.regularize.SynapticOperationsRegularization;

/**
 * Common settings of spiking layers.
 *
 * @param <T> the layer's own builder
 */
@SuppressWarnings("unchecked")
public abstract class SpikingLayerBuilder<T extends SpikingLayerBuilder<T>>
    extends FeedForwardLayer.Builder<T> {

  private static final double DEFAULT_THRESHOLD = 1;

  private double threshold = DEFAULT_THRESHOLD;
  private double defaultThreshold = DEFAULT_THRESHOLD;
  private double leak = 1;
  private Reset reset = Reset.toZero();
  private double initialMembrane;
  private NeuronDynamics neuron;
  private BackpropRule backprop;
  private FiringRateRegularization firingRateRegularization;
  private final List<LearnedParameter> learned = new ArrayList<>();

  /** Creates a builder with the published defaults: integrate-and-fire, hard reset to zero. */
  protected SpikingLayerBuilder() {}

  /** Whether there is a learned bias; only for layers with weights. */
  boolean bias() {
    return false;
  }

  /** The normalisation, null for none; only for layers with weights. */
  CurrentNormalization normalization() {
    return null;
  }

  /** The price of additions, null for none; only for layers with weights. */
  SynapticOperationsRegularization synapticOperationsRegularization() {
    return null;
  }

  /** Bounds of the firing rates; null for none. */
  final FiringRateRegularization firingRateRegularization() {
    return firingRateRegularization;
  }

  final NeuronDynamics neuron() {
    if (neuron == null) {
      return new SpikingNeuron(threshold, leak, reset, initialMembrane);
    }
    Require.not(
        hasNeuronSettings(),
        "threshold, leak, reset and initialMembrane must be unset with a neuron, which"
            + " replaces them, got %s together with %s",
        new SpikingNeuron(threshold, leak, reset, initialMembrane),
        neuron);
    return neuron;
  }

  /** Whether a complete neuron was given. */
  final boolean hasNeuron() {
    return neuron != null;
  }

  /** The rule; null if none was set. */
  final BackpropRule backprop() {
    return backprop;
  }

  /** Changes the default threshold. */
  final void defaultThreshold(double value) {
    threshold = value;
    defaultThreshold = value;
  }

  /** Whether a neuron setting differs from the default. */
  final boolean hasNeuronSettings() {
    return threshold != defaultThreshold
        || leak != 1
        || !reset.equals(Reset.toZero())
        || initialMembrane != 0;
  }

  /** What the neurons learn. */
  final List<LearnedParameter> learned() {
    return List.copyOf(learned);
  }

  /**
   * θ: a neuron fires if its membrane potential is strictly greater.
   *
   * @param value positive and finite
   * @return this builder
   */
  public T threshold(double value) {
    threshold = value;
    return (T) this;
  }

  /**
   * λ: the share of the membrane potential kept from step to step, after the reset.
   *
   * @param value in (0, 1]; 1, the default, for a neuron without leak
   * @return this builder
   */
  public T leak(double value) {
    leak = value;
    return (T) this;
  }

  /**
   * What a spike does to the membrane potential.
   *
   * @param value the reset; to zero by default
   * @return this builder
   */
  public T reset(Reset value) {
    reset = value;
    return (T) this;
  }

  /**
   * The membrane potential before the first step.
   *
   * @param value finite; 0 by default
   * @return this builder
   */
  public T initialMembrane(double value) {
    initialMembrane = value;
    return (T) this;
  }

  /**
   * A complete neuron, instead of threshold, leak, reset and initial membrane: a {@link
   * SpikingNeuron}, a {@link org.dl4jsnn.neuron.SynapticNeuron}, {@link
   * org.dl4jsnn.neuron.AdaptiveNeuron}, a {@link org.dl4jsnn.neuron.RefractoryNeuron}, or a custom
   * one.
   *
   * @param value the neuron; null, the default, for none
   * @return this builder
   * @throws IllegalArgumentException if it fires several times in a step
   */
  public T neuron(NeuronDynamics value) {
    Require.not(
        value instanceof LinearNeuron linear && linear.firing() == Firing.SEVERAL,
        "neurons of a layer must fire at most once per step, got %s. Use Firing.REACHED",
        value);
    neuron = value;
    return (T) this;
  }

  /**
   * Makes the layer learn parameters of its neurons, one value for all of them. The neuron's own
   * values are the initial ones.
   *
   * @param parameters their names, such as {@link org.dl4jsnn.neuron.NeuronParameter#LEAK} and
   *     {@link org.dl4jsnn.neuron.NeuronParameter#THRESHOLD}
   * @return this builder
   */
  public T learnPerLayer(String... parameters) {
    learned.addAll(LearnedParameter.of(false, parameters));
    return (T) this;
  }

  /**
   * Makes the layer learn parameters of its neurons, one value per channel; every neuron of a dense
   * layer is a channel. The neuron's own values are the initial ones.
   *
   * @param parameters their names, such as {@link org.dl4jsnn.neuron.NeuronParameter#LEAK} and
   *     {@link org.dl4jsnn.neuron.NeuronParameter#THRESHOLD}
   * @return this builder
   */
  public T learnPerChannel(String... parameters) {
    learned.addAll(LearnedParameter.of(true, parameters));
    return (T) this;
  }

  /**
   * How the layer's weights learn.
   *
   * @param rule the rule
   * @return this builder
   */
  public T backprop(BackpropRule rule) {
    backprop = Require.given("gradient rule", rule);
    return (T) this;
  }

  /**
   * Bounds of the neurons' firing rates, as a term of the loss, under any gradient rule.
   *
   * @param value the regularisation; null, the default, for none
   * @return this builder
   */
  public T firingRateRegularization(FiringRateRegularization value) {
    firingRateRegularization = value;
    return (T) this;
  }
}
