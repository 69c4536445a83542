package org.dl4jsnn.event.cochlea;

import org.dl4jsnn.internal.Require;

/**
 * How a word's spikes become the values of time steps: neighbouring channels are put together, and
 * their spikes are counted in steps of a given duration. Times are rounded to microseconds. Spikes
 * behind the last step are left out.
 *
 * @param pooling how many neighbouring channels become one; a divisor of 700
 * @param microseconds the duration of a step, in µs
 * @param steps T
 */
public record CochleaBins(int pooling, long microseconds, int steps) {

  private static final double MICROSECONDS_A_SECOND = 1e6;

  /**
   * Checks the numbers.
   *
   * @param pooling how many channels become one
   * @param microseconds the duration of a step
   * @param steps T
   * @throws IllegalArgumentException if one breaks its rule
   */
  public CochleaBins {
    if (pooling < 1 || CochleaFile.CHANNELS % pooling != 0) {
      throw new IllegalArgumentException(
          "pooling must be a divisor of " + CochleaFile.CHANNELS + ", got " + pooling);
    }
    if (microseconds < 1) {
      throw new IllegalArgumentException("microseconds must be at least 1, got " + microseconds);
    }
    Require.atLeast("steps", steps, 1);
    Require.atLeast("values of a word", (long) steps * (CochleaFile.CHANNELS / pooling), 1);
  }

  /**
   * The number of channels that are left.
   *
   * @return 700 / pooling
   */
  public int channels() {
    return CochleaFile.CHANNELS / pooling;
  }

  /**
   * Counts spikes.
   *
   * @param spikes a word's
   * @param shift how many of the 700 channels to move every spike up by, down if negative; those
   *     that are moved out are left out
   * @return how many spikes each channel has at each step: [channels, T], in that order
   */
  public float[] count(CochleaSpikes spikes, int shift) {
    float[] counts = new float[channels() * steps];
    for (int i = 0; i < spikes.size(); i++) {
      // In whole microseconds, since 0.01 s of a float are a little less.
      long step = Math.round(spikes.time(i) * MICROSECONDS_A_SECOND) / microseconds;
      int channel = spikes.channel(i) + shift;
      if (step < steps && channel >= 0 && channel < CochleaFile.CHANNELS) {
        counts[channel / pooling * steps + (int) step]++;
      }
    }
    return counts;
  }
}
