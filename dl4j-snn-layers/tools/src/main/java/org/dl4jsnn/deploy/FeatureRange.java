package org.dl4jsnn.deploy;

import org.dl4jsnn.internal.Require;

/**
 * Features of {@code SpikeEncoding.direct} as whole numbers of a device: a feature of 1 is 2^bits,
 * times the encoding's gain.
 *
 * @param bits bits behind the point, from 0 to 12; fewer leave more room in the first layer's
 *     membranes
 * @param least the smallest feature
 * @param most the largest feature
 */
public record FeatureRange(int bits, double least, double most) {

  /** Eight bits behind the point, from −1 to 1. */
  public static final FeatureRange DEFAULT = new FeatureRange(8, -1, 1);

  private static final int MOST_BITS = 12;

  /**
   * Creates a range.
   *
   * @param bits bits behind the point, from 0 to 12
   * @param least the smallest feature, at most 0
   * @param most the largest feature, at least 0
   * @throws IllegalArgumentException if a number is out of range
   */
  public FeatureRange {
    Require.not(
        bits < 0 || bits > MOST_BITS, "feature bits must be from 0 to %s, got %s", MOST_BITS, bits);
    Require.finite("smallest feature", least);
    Require.finite("largest feature", most);
    Require.not(
        least > 0 || most < 0 || least == most,
        "features must range from at most 0 to at least 0, got %s to %s",
        least,
        most);
  }
}
