package org.dl4jsnn.convert;

/**
 * Chooses the activation of a firing rate of 1 for each channel (equations 70 and 73 of
 * docs/mathematics.md): at this activation a neuron fires at every step. A smaller scale resolves
 * small activations better and clips more of the large ones.
 *
 * <ul>
 *   <li>{@link #maximum}: no activation of the calibration data is clipped (Diehl et al.,
 *       "Fast-Classifying, High-Accuracy Spiking Deep Networks Through Weight and Threshold
 *       Balancing", IJCNN 2015).
 *   <li>{@link #percentile}: the largest activations are clipped (Rueckauer et al., "Conversion of
 *       Continuous-Valued Deep Networks to Efficient Event-Driven Networks for Image
 *       Classification", Frontiers in Neuroscience 11:682, 2017).
 *   <li>{@link #meanSquare}: minimises the squared error of T steps, after the analysis of Deng and
 *       Gu, "Optimal Conversion of Conventional Artificial Neural Networks to Spiking Neural
 *       Networks", ICLR 2021, arXiv 2103.00476.
 * </ul>
 *
 * <p>Implementations must be immutable and give equal results for equal distributions.
 */
@FunctionalInterface
public interface Scales {

  /**
   * {@return the scale of a channel: positive and finite}
   *
   * @param channel its activations on the calibration data; at least one is above 0
   * @param steps T
   */
  double of(ActivationDistribution channel, int steps);

  /** {@return the largest activation} */
  static Scales maximum() {
    return (channel, steps) -> channel.maximum();
  }

  /**
   * {@return a percentile of the activations above 0: the given share of them do not exceed it}
   *
   * @param percent the share in percent; above 0 and at most 100. Usual: 99.9
   * @throws IllegalArgumentException if the share is out of range
   */
  static Scales percentile(double percent) {
    if (!(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException(
          "percentile must be above 0 and at most 100, got " + percent);
    }
    return (channel, steps) -> channel.percentile(percent);
  }

  /**
   * {@return the scale with the least squared error between activations and their approximations in
   * T steps}
   */
  static Scales meanSquare() {
    return ActivationDistribution::scaleOfLeastError;
  }
}
