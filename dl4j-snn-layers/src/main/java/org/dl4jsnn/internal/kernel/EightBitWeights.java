package org.dl4jsnn.internal.kernel;

/**
 * A block's weights as whole numbers from −127 to 127 times a power of two for every channel, which
 * is how quantisation leaves them. Sums of such weights are exact in any order.
 *
 * @param pairs two weights to an int, as the kernel of {@link KernelProvider} wants them
 * @param scale what a whole number of 1 stands for in every channel
 * @param sums the sum of every channel's magnitudes; 0 for channels without weights, to which any
 *     grid is the same
 */
public record EightBitWeights(int[] pairs, float[] scale, float[] sums) {

  /** Whole numbers that single precision holds, less what the sums may be rounded by. */
  private static final double EXACT = 0.99 * (1 << 24);

  /** How many of them a sum in 16 bits takes. */
  public static final int MOST_SUMMANDS = 256;

  /** The largest whole number. */
  private static final int LARGEST = 127;

  /**
   * The smallest power of two that is at least a hundred-and-twenty-seventh of a magnitude.
   *
   * @param magnitude the largest of a channel's weights
   * @return what 1 stands for; 1 where there are only zeros
   */
  public static float scale(float magnitude) {
    if (magnitude == 0) {
      return 1;
    }
    float power = Math.scalb(1f, Math.getExponent(magnitude) - 6);
    return magnitude > LARGEST * power ? 2 * power : power;
  }

  /**
   * Whether membranes stay multiples of the powers of two: a potential that neurons are set to, or
   * that is taken from them or added.
   *
   * @param potential the potential
   * @return true if it is a multiple of every one
   */
  boolean divide(float potential) {
    for (int channel = 0; channel < scale.length; channel++) {
      if (!divides(channel, potential)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The same of a potential for every channel.
   *
   * @param potentials one a channel, or none
   * @return true if each is a multiple of its channel's power of two
   */
  boolean divide(float[] potentials) {
    for (int channel = 0; channel < potentials.length; channel++) {
      if (!divides(channel, potentials[channel])) {
        return false;
      }
    }
    return true;
  }

  private boolean divides(int channel, float potential) {
    float number = potential / scale[channel];
    return sums[channel] == 0 || number == (int) number;
  }

  /**
   * Whether every membrane potential stays exact in single precision, whatever the order of
   * additions.
   *
   * @param potential a magnitude that no potential that neurons begin with or are set to exceeds,
   *     nor one that is taken off
   * @param bias one a channel, or none
   * @param steps T
   * @return false where one may need more than 24 bits
   */
  boolean stayExact(float potential, float[] bias, int steps) {
    for (int channel = 0; channel < scale.length; channel++) {
      double perStep = sums[channel] + (bias.length == 0 ? 0 : Math.abs(bias[channel]));
      if (sums[channel] != 0 && potential + steps * perStep > EXACT * scale[channel]) {
        return false;
      }
    }
    return true;
  }
}
