package org.dl4jsnn.event.cochlea;

import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.event.ShortSlices;

/**
 * How a word's spikes become values per time step: neighbouring channels are pooled, and their
 * spikes are counted in steps of a given duration. Times are rounded to microseconds. Spikes after
 * the last step are left out.
 *
 * @param pooling the number of neighbouring channels pooled into one; a divisor of 700
 * @param microseconds the duration of a step, in µs
 * @param steps T
 */
public record CochleaBins(int pooling, long microseconds, int steps) {

  private static final double MICROSECONDS_A_SECOND = 1e6;

  /**
   * Checks the numbers.
   *
   * @param pooling the number of channels pooled into one
   * @param microseconds the duration of a step
   * @param steps T
   * @throws IllegalArgumentException if a value is out of range
   */
  public CochleaBins {
    if (pooling < 1 || CochleaFile.CHANNELS % pooling != 0) {
      throw new IllegalArgumentException(
          "pooling must be a divisor of " + CochleaFile.CHANNELS + ", got " + pooling);
    }
    Require.not(microseconds < 1, "microseconds must be at least 1, got %s", microseconds);
    Require.atLeast("steps", steps, 1);
    ShortSlices.look(microseconds, steps);
    Require.atLeast("values of a word", (long) steps * (CochleaFile.CHANNELS / pooling), 1);
  }

  /** {@return the number of channels after pooling, 700 / pooling} */
  public int channels() {
    return CochleaFile.CHANNELS / pooling;
  }

  /**
   * Counts spikes.
   *
   * @param spikes the spikes of a word
   * @param shift the number of channels by which to move every spike up, or down if negative;
   *     spikes moved past the 700 channels are left out
   * @return the number of spikes per channel and step: [channels, T], in that order
   */
  public float[] count(CochleaSpikes spikes, int shift) {
    float[] counts = new float[channels() * steps];
    for (int i = 0; i < spikes.size(); i++) {
      // In whole microseconds, because 0.01 s as a float is slightly less.
      long step = Math.round(spikes.time(i) * MICROSECONDS_A_SECOND) / microseconds;
      int channel = spikes.channel(i) + shift;
      if (step < steps && channel >= 0 && channel < CochleaFile.CHANNELS) {
        counts[channel / pooling * steps + (int) step]++;
      }
    }
    return counts;
  }
}
