package org.dl4jsnn.property;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.dl4jsnn.property.RulePlan.Kind;

/**
 * A small network with one setting gone wild.
 *
 * @param setting which
 * @param value what it is set to; whole-number settings take the nearest whole number
 * @param encoding how features become spikes
 * @param rule how layers learn
 * @param precision the network's data type
 */
record WildPlan(
    Setting setting,
    double value,
    EncodingPlan.Kind encoding,
    Kind rule,
    RandomNetworkPlan.Precision precision) {

  /** What can be set. */
  enum Setting {
    THRESHOLD,
    LEAK,
    RESET_VALUE,
    INITIAL_MEMBRANE,
    STEPS(true),
    GAIN,
    OUTPUTS(true),
    INPUTS(true),
    KERNEL(true),
    STRIDE(true),
    PADDING(true),
    DILATION(true),
    POOLING_KERNEL(true),
    POOLING_STRIDE(true),
    RETAIN,
    SURROGATE_WIDTH,
    SEGMENT(true),
    PERIOD(true),
    INITIAL_SLOPE,
    NORMALIZATION_GAIN,
    NORMALIZATION_SHIFT,
    NORMALIZATION_DECAY,
    NORMALIZATION_EPSILON,
    FEATURE,
    FEATURE_CHANNELS(true),
    FEATURE_HEIGHT(true),
    WEIGHT,
    BIAS,
    POOLING_THRESHOLD,
    SYNAPTIC_DECAY,
    ADAPTATION_STRENGTH,
    ADAPTATION_DECAY,
    REFRACTORY_STEPS(true),
    FREE_LEAK,
    FREE_THRESHOLD;

    final boolean whole;

    Setting() {
      this(false);
    }

    Setting(boolean whole) {
      this.whole = whole;
    }

    /** Sizes that would only cost memory are left out. */
    private boolean takes(int value) {
      return switch (this) {
        case STEPS, OUTPUTS, INPUTS, KERNEL, FEATURE_CHANNELS, FEATURE_HEIGHT ->
            value <= LARGEST_SIZE;
        case DILATION, PADDING -> value <= LARGE_SPAN || value >= HUGE_SPAN;
        default -> true;
      };
    }
  }

  private static final int LARGEST_SIZE = 300;
  private static final int LARGE_SPAN = 1 << 14;
  private static final int HUGE_SPAN = 1 << 29;

  static Arbitrary<WildPlan> any() {
    Arbitrary<Double> value =
        Arbitraries.oneOf(
            Arbitraries.of(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                -Double.MAX_VALUE,
                (double) Float.MAX_VALUE,
                2.0 * Float.MAX_VALUE,
                (double) Float.MIN_VALUE,
                0.4 * Float.MIN_VALUE,
                1e-40,
                1e-20,
                1e20,
                -1e20,
                (double) Integer.MAX_VALUE,
                (double) Integer.MIN_VALUE,
                1073741824.0,
                65536.0),
            Arbitraries.of(-1.0, -0.0, 0.0, 0.5, 0.99, 1.0, 1.01, 2.0, 3.0, 5.0, 7.0, 64.0),
            Arbitraries.doubles());
    return Combinators.combine(
            Arbitraries.of(Setting.class),
            value,
            Arbitraries.of(EncodingPlan.Kind.class),
            Arbitraries.of(Kind.class),
            Arbitraries.of(RandomNetworkPlan.Precision.class))
        .as(WildPlan::new)
        .filter(plan -> plan.setting.takes(plan.whole()));
  }

  int whole() {
    return (int) Math.rint(value); // NaN becomes 0, and what is too large becomes the largest
  }

  /** The value if this is the setting, otherwise an ordinary one. */
  double or(Setting other, double ordinary) {
    return setting == other ? value : ordinary;
  }

  int or(Setting other, int ordinary) {
    return setting == other ? whole() : ordinary;
  }

  @Override
  public String toString() {
    return JavaCode.of(this);
  }
}
