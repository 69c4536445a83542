package org.dl4jsnn.property;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.dl4jsnn.conf.SpikingLayerBuilder;
import org.dl4jsnn.neuron.Reset;
import org.dl4jsnn.neuron.SpikingNeuron;

/**
 * A neuron.
 *
 * @param threshold θ
 * @param leak λ
 * @param reset what a spike does
 * @param resetShare the value of a hard reset / θ
 * @param initialShare the initial membrane / θ
 * @param own whether the neuron is written as custom dynamics
 */
record NeuronPlan(
    double threshold,
    double leak,
    ResetKind reset,
    double resetShare,
    double initialShare,
    boolean own) {

  private static final double LOWEST_THRESHOLD = 0.3;
  private static final double HIGHEST_THRESHOLD = 3;

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
            Arbitraries.integers().between(0, 7).map(one -> one == 7))
        .as(NeuronPlan::new);
  }

  NeuronPlan notOwn() {
    return new NeuronPlan(threshold, leak, reset, resetShare, initialShare, false);
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

  <T extends SpikingLayerBuilder<T>> T applyTo(T builder, Arithmetic arithmetic) {
    SpikingNeuron neuron = neuron(arithmetic);
    return own
        ? builder.dynamics(new OwnNeuron(neuron.threshold(), neuron.leak()))
        : builder
            .threshold(neuron.threshold())
            .leak(neuron.leak())
            .reset(neuron.reset())
            .initialMembrane(neuron.initialMembrane());
  }

  @Override
  public String toString() {
    return JavaCode.of(this);
  }
}
