package org.dl4jsnn.event.cochlea;

import org.dl4jsnn.internal.Require;

/** The spikes of one word: a time and a channel each, in the order of the file. Immutable. */
public final class CochleaSpikes {

  private final float[] times;
  private final int[] channels;

  /**
   * Copies the spikes.
   *
   * @param times the spike times, in seconds from the start of the word
   * @param channels the channel of each spike
   * @throws IllegalArgumentException if the arrays differ in length, a time is negative or not
   *     finite, or a channel is not from 0 to 699
   */
  public CochleaSpikes(float[] times, int[] channels) {
    this.times = Require.given("times", times).clone();
    this.channels = Require.given("channels", channels).clone();
    if (times.length != channels.length) {
      throw new IllegalArgumentException(
          "times must be as many as channels, " + channels.length + ", got " + times.length);
    }
    for (int i = 0; i < times.length; i++) {
      if (!(times[i] >= 0 && times[i] < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "time of a spike must be finite and at least 0 s, got " + times[i]);
      }
      Require.within("channel", channels[i], 0, CochleaFile.CHANNELS - 1);
    }
  }

  /** {@return the number of spikes} */
  public int size() {
    return times.length;
  }

  /**
   * {@return the time of a spike, in seconds from the start of the word}
   *
   * @param spike which, from 0
   */
  public float time(int spike) {
    return times[spike];
  }

  /**
   * {@return the channel of a spike, from 0 to 699; low channels belong to low tones}
   *
   * @param spike which, from 0
   */
  public int channel(int spike) {
    return channels[spike];
  }
}
