package org.dl4jsnn.property;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.dl4jsnn.asf.AsfBackprop;
import org.dl4jsnn.asf.LinearEstimation;
import org.dl4jsnn.asf.RateBackprop;
import org.dl4jsnn.asf.RefreshSchedule;
import org.dl4jsnn.gradient.BackpropRule;
import org.dl4jsnn.gradient.SpatioTemporalBackprop;
import org.dl4jsnn.gradient.surrogate.Everywhere;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.SpikingNeuron;

/**
 * A gradient rule.
 *
 * @param kind which
 * @param shape the surrogate, of rules that have one
 * @param width its width
 * @param resets which resets the gradient leaves out
 * @param segment steps of a segment; 0 for the whole window
 * @param every the period of slopes' refreshes, in iterations
 * @param gate whether saturated neurons get no gradient
 */
record RulePlan(
    Kind kind, Shape shape, double width, Resets resets, int segment, int every, boolean gate) {

  /** The rules. */
  enum Kind {
    SPATIO_TEMPORAL,
    SPATIO_TEMPORAL_DENSE,
    RATE,
    ASF
  }

  /** Which resets the gradient leaves out. */
  enum Resets {
    HARD,
    ALL,
    NONE
  }

  /** The surrogates. */
  enum Shape {
    ARCTAN,
    FAST_SIGMOID,
    RECTANGULAR,
    SIGMOID,
    TRIANGULAR
  }

  static Arbitrary<RulePlan> any() {
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.of(Shape.class),
            Arbitraries.doubles().between(0.2, 2),
            Arbitraries.of(Resets.class),
            Arbitraries.of(0, 0, 1, 5, 16),
            Arbitraries.integers().between(1, 3),
            Arbitraries.of(false, true))
        .as(RulePlan::new);
  }

  /**
   * The gradient goes back through a reset: a membrane's share in the one of the next step is some
   * 1 − h · (θ − v), with h the surrogate's height and v the value that a spike sets the membrane
   * to. Where h · (θ − v) is above this, it may grow from step to step, beyond all bounds; through
   * a hard reset already above half of it, since a membrane may lie above θ.
   */
  private static final double MOST_FEEDBACK = 1;

  /** The same rule with a surrogate wide enough for its gradient not to grow. */
  RulePlan tame(NeuronPlan plan) {
    SpikingNeuron neuron = plan.neuron(Arithmetic.ROUGH);
    double taken = resets == Resets.ALL ? 0 : neuron.threshold() - neuron.reset().value();
    // What a spike adds to a threshold is never detached.
    double feedback = surrogate().derivative(0) * (taken + plan.mostAdaptation());
    double most = resets == Resets.NONE ? MOST_FEEDBACK / 2 : MOST_FEEDBACK;
    double wide = width * Math.max(1, feedback / most);
    return new RulePlan(kind, shape, wide, resets, segment, every, gate);
  }

  /** Through time with a surrogate of compact support, by events or densely. */
  RulePlan compact(boolean byEvents) {
    return new RulePlan(
        byEvents ? Kind.SPATIO_TEMPORAL : Kind.SPATIO_TEMPORAL_DENSE,
        gate ? Shape.RECTANGULAR : Shape.TRIANGULAR,
        width,
        resets,
        0, // with segments, both ways are dense
        every,
        gate);
  }

  /** The one rule that serves all data types and neurons. */
  RulePlan asf() {
    return new RulePlan(Kind.ASF, shape, width, resets, segment, every, gate);
  }

  BackpropRule rule() {
    return switch (kind) {
      case SPATIO_TEMPORAL -> spatioTemporal(surrogate());
      case SPATIO_TEMPORAL_DENSE -> spatioTemporal(Everywhere.of(surrogate()));
      case RATE -> {
        RateBackprop rule = new RateBackprop(surrogate());
        yield resets == Resets.ALL ? rule.withDetachedReset() : rule;
      }
      case ASF -> {
        AsfBackprop rule =
            new AsfBackprop(
                new LinearEstimation(), RefreshSchedule.everyIterations(every), 0.8, false);
        yield gate ? rule.withSaturationGate() : rule;
      }
    };
  }

  private BackpropRule spatioTemporal(Surrogate surrogate) {
    SpatioTemporalBackprop rule = new SpatioTemporalBackprop(surrogate);
    rule =
        switch (resets) {
          case HARD -> rule;
          case ALL -> rule.withDetachedReset();
          case NONE -> rule.withAttachedReset();
        };
    return segment == 0 ? rule : rule.withSegments(segment);
  }

  private Surrogate surrogate() {
    return switch (shape) {
      case ARCTAN -> Surrogate.arctan(width);
      case FAST_SIGMOID -> Surrogate.fastSigmoid(width);
      case RECTANGULAR -> Surrogate.rectangular(width);
      case SIGMOID -> Surrogate.sigmoid(width);
      case TRIANGULAR -> Surrogate.triangular(width);
    };
  }

  @Override
  public String toString() {
    return JavaCode.of(this);
  }
}
