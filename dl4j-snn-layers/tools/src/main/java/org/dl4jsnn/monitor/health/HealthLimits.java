package org.dl4jsnn.monitor.health;

import org.dl4jsnn.internal.Require;

/**
 * Limits beyond which a layer causes a warning. Immutable.
 *
 * @param silentBelow mean firing rate of a minibatch below which a layer is silent; above 0
 * @param saturatedAbove mean firing rate of a minibatch above which it is saturated; above
 *     silentBelow, at most 1
 * @param saturatedFrom firing rate from which a neuron is saturated; above 0 and at most 1
 * @param silentShare share of silent neurons in an epoch above which a layer is mostly silent;
 *     above 0 and at most 1; 1 for never
 * @param saturatedShare the same for saturated neurons
 * @param gradientFrom norm below which the gradient has vanished; positive
 * @param explodingFactor multiple of its mean so far from which the norm explodes; above 1
 * @param slopeFrom the least sensible slope; positive
 * @param slopeTo the greatest sensible slope; above slopeFrom
 */
public record HealthLimits(
    double silentBelow,
    double saturatedAbove,
    double saturatedFrom,
    double silentShare,
    double saturatedShare,
    double gradientFrom,
    double explodingFactor,
    double slopeFrom,
    double slopeTo) {

  /** The default limits. */
  public static final HealthLimits DEFAULT =
      new HealthLimits(1e-4, 0.5, 0.95, 0.9, 0.5, 1e-12, 100, 0.01, 10);

  /**
   * Checks the limits.
   *
   * @param silentBelow mean firing rate below which a layer is silent
   * @param saturatedAbove mean firing rate above which it is saturated
   * @param saturatedFrom firing rate from which a neuron is saturated
   * @param silentShare share of silent neurons above which a layer is mostly silent
   * @param saturatedShare share of saturated neurons above which it is mostly saturated
   * @param gradientFrom norm below which the gradient has vanished
   * @param explodingFactor multiple of its mean so far from which the norm explodes
   * @param slopeFrom the least sensible slope
   * @param slopeTo the greatest
   * @throws IllegalArgumentException if a value is out of range
   */
  public HealthLimits {
    Require.fraction("silentBelow", silentBelow);
    Require.fraction("saturatedAbove", saturatedAbove);
    greater("saturatedAbove", saturatedAbove, "silentBelow", silentBelow);
    Require.fraction("saturatedFrom", saturatedFrom);
    Require.fraction("silentShare", silentShare);
    Require.fraction("saturatedShare", saturatedShare);
    Require.positiveFinite("gradientFrom", gradientFrom);
    Require.finite("explodingFactor", explodingFactor);
    greater("explodingFactor", explodingFactor, "a factor of", 1);
    Require.positiveFinite("slopeFrom", slopeFrom);
    Require.positiveFinite("slopeTo", slopeTo);
    greater("slopeTo", slopeTo, "slopeFrom", slopeFrom);
  }

  private static void greater(String name, double value, String other, double than) {
    Require.not(value <= than, "%s must be greater than %s %s, got %s", name, other, than, value);
  }

  /**
   * {@return these limits with other limits for a layer's mean firing rate}
   *
   * @param silentBelow rate below which the layer is silent
   * @param saturatedAbove rate above which the layer is saturated
   */
  public HealthLimits withRates(double silentBelow, double saturatedAbove) {
    return with(0, silentBelow, saturatedAbove);
  }

  /**
   * {@return these limits with other limits for a layer's neurons}
   *
   * @param saturatedFrom firing rate from which a neuron is saturated
   * @param silentShare share of silent neurons above which the layer is mostly silent
   * @param saturatedShare share of saturated neurons above which it is mostly saturated
   */
  public HealthLimits withNeurons(double saturatedFrom, double silentShare, double saturatedShare) {
    return with(2, saturatedFrom, silentShare, saturatedShare);
  }

  /**
   * {@return these limits with other limits for the gradient's norm}
   *
   * @param gradientFrom norm below which the gradient has vanished
   * @param explodingFactor multiple of its mean so far from which the norm explodes
   */
  public HealthLimits withGradient(double gradientFrom, double explodingFactor) {
    return with(5, gradientFrom, explodingFactor);
  }

  /**
   * {@return these limits with other limits for the slope}
   *
   * @param slopeFrom the least sensible slope
   * @param slopeTo the greatest
   */
  public HealthLimits withSlope(double slopeFrom, double slopeTo) {
    return with(7, slopeFrom, slopeTo);
  }

  /** These limits, of which some in a row are others. */
  private HealthLimits with(int first, double... others) {
    double[] all = {
      silentBelow,
      saturatedAbove,
      saturatedFrom,
      silentShare,
      saturatedShare,
      gradientFrom,
      explodingFactor,
      slopeFrom,
      slopeTo
    };
    System.arraycopy(others, 0, all, first, others.length);
    return new HealthLimits(all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7], all[8]);
  }
}
