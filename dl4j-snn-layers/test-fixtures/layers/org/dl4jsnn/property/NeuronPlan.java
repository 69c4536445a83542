package org.dl4jsnn.property;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.dl4jsnn.conf.SpikingLayerBuilder;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.RefractoryNeuron;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.neuron.SynapticNeuron;

/**
 * A neuron.
 *
 * @param threshold θ
 * @param leak λ
 * @param reset what a spike does
 * @param resetShare the value of a hard reset / θ
 * @param initialShare the initial membrane / θ
 * @param kind which neuron has this membrane
 * @param share a synaptic or adaptation decay
 * @param learning what the layer learns of it; nothing where the neuron is custom
 */
record NeuronPlan(
    double threshold,
    double leak,
    ResetKind reset,
    double resetShare,
    double initialShare,
    Kind kind,
    double share,
    Learning learning) {

  private static final double LOWEST_THRESHOLD = 0.3;
  private static final double HIGHEST_THRESHOLD = 3;

  /** The neurons. */
  enum Kind {
    INTEGRATE_AND_FIRE,
    SYNAPTIC,
    ADAPTIVE,
    REFRACTORY,

    /** Written as custom dynamics. */
    OWN
  }

  /** What layers learn of a neuron. */
  enum Learning {
    NOTHING,
    PER_LAYER,
    PER_CHANNEL
  }

  /** The kinds of reset. */
  enum ResetKind {
    TO_ZERO,
    TO_VALUE,
    BY_SUBTRACTION
  }

  static Arbitrary<NeuronPlan> any() {
    Arbitrary<Double> leak =
        Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.just(1.0)),
            Tuple.of(1, Arbitraries.doubles().between(0.05, 1)));
    return Combinators.combine(
            Arbitraries.doubles().between(LOWEST_THRESHOLD, HIGHEST_THRESHOLD),
            leak,
            Arbitraries.of(ResetKind.class),
            Arbitraries.doubles().between(-1, 1),
            Arbitraries.of(0.0, 0.0, 0.5, -0.5, 1.0, 1.25),
            Arbitraries.frequency(
                Tuple.of(7, Kind.INTEGRATE_AND_FIRE),
                Tuple.of(1, Kind.SYNAPTIC),
                Tuple.of(1, Kind.ADAPTIVE),
                Tuple.of(1, Kind.REFRACTORY),
                Tuple.of(1, Kind.OWN)),
            Combinators.combine(
                    Arbitraries.doubles().between(0.05, 1),
                    Arbitraries.frequency(
                        Tuple.of(6, Learning.NOTHING),
                        Tuple.of(1, Learning.PER_LAYER),
                        Tuple.of(1, Learning.PER_CHANNEL)))
                .as(Map::entry))
        .as(
            (threshold, leakage, reset, resetShare, initialShare, kind, more) ->
                new NeuronPlan(
                    threshold,
                    leakage,
                    reset,
                    resetShare,
                    initialShare,
                    kind,
                    more.getKey(),
                    more.getValue()));
  }

  /** The membrane alone, which learns nothing. */
  NeuronPlan plain() {
    return new NeuronPlan(
        threshold,
        leak,
        reset,
        resetShare,
        initialShare,
        Kind.INTEGRATE_AND_FIRE,
        share,
        Learning.NOTHING);
  }

  /** The most that a spike adds to the threshold, over a long time. */
  double mostAdaptation() {
    return kind == Kind.ADAPTIVE ? share * threshold / Math.max(0.01, 1 - share) : 0;
  }

  boolean isOwn() {
    return kind == Kind.OWN;
  }

  SpikingNeuron neuron(Arithmetic arithmetic) {
    double theta = arithmetic.positive(threshold);
    Reset kind =
        switch (reset) {
          case TO_ZERO -> Reset.toZero();
          case TO_VALUE -> Reset.to(Math.min(theta, arithmetic.of(theta * resetShare)));
          case BY_SUBTRACTION -> Reset.bySubtraction();
        };
    return new SpikingNeuron(
        theta, arithmetic.leak(leak), kind, arithmetic.of(theta * initialShare));
  }

  /** The dynamics of the layer's neurons, without what they learn. */
  NeuronDynamics dynamics(Arithmetic arithmetic) {
    SpikingNeuron membrane = neuron(arithmetic);
    return switch (kind) {
      case INTEGRATE_AND_FIRE -> membrane;
      case SYNAPTIC -> new SynapticNeuron(membrane, arithmetic.decay(share));
      case ADAPTIVE ->
          new AdaptiveNeuron(
              membrane, arithmetic.positive(share * threshold), arithmetic.decay(share));
      case REFRACTORY -> new RefractoryNeuron(membrane, 1 + (int) (3 * share));
      case OWN -> new CustomNeuron(membrane.threshold(), membrane.leak());
    };
  }

  /**
   * Sets the neuron, and what is learned of it: no more than the rule can, and nothing where
   * numbers are to stay exact.
   */
  <T extends SpikingLayerBuilder<T>> T applyTo(
      T builder, Arithmetic arithmetic, BackpropRule rule) {
    NeuronDynamics dynamics = dynamics(arithmetic);
    T settled =
        dynamics instanceof SpikingNeuron neuron
            ? builder
                .threshold(neuron.threshold())
                .leak(neuron.leak())
                .reset(neuron.reset())
                .initialMembrane(neuron.initialMembrane())
            : builder.neuron(dynamics);
    String[] learned = learned(dynamics, rule == null ? new SpatioTemporalBackprop() : rule);
    return switch (arithmetic == Arithmetic.EXACT ? Learning.NOTHING : learning) {
      case NOTHING -> settled;
      case PER_LAYER -> settled.learnPerLayer(learned);
      case PER_CHANNEL -> settled.learnPerChannel(learned);
    };
  }

  /** All that can be learned from the initial value. */
  private static String[] learned(NeuronDynamics dynamics, BackpropRule rule) {
    return dynamics.parameters().stream()
        .filter(NeuronParameter::isLearnable)
        // Not a leak of 1, nor a threshold at the value of the reset.
        .filter(NeuronPlan::isWithin)
        .map(NeuronParameter::name)
        .filter(name -> rule.whyNotLearned(dynamics, name).isEmpty())
        .toArray(String[]::new);
  }

  private static boolean isWithin(NeuronParameter parameter) {
    try {
      return parameter.free().length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return JavaCode.of(this);
  }
}
