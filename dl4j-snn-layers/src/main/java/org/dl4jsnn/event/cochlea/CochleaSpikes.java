package org.dl4jsnn.event.cochlea;

import org.dl4jsnn.internal.Require;

/** The spikes of one word: a time and a channel each, in the order of the file. Immutable. */
public final class CochleaSpikes {

  private final float[] times;
  private final int[] channels;

  /**
   * Copies the spikes.
   *
   * @param times when they are fired, in seconds from the beginning of the word
   * @param channels which channel fires each
   * @throws IllegalArgumentException if there are not as many of both, a time is negative or not
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
      if (channels[i] < 0 || channels[i] >= CochleaFile.CHANNELS) {
        throw new IllegalArgumentException(
            "channel must be from 0 to " + (CochleaFile.CHANNELS - 1) + ", got " + channels[i]);
      }
    }
  }

  /**
   * How many spikes there are.
   *
   * @return the number, 0 or more
   */
  public int size() {
    return times.length;
  }

  /**
   * When a spike is fired.
   *
   * @param spike which, from 0
   * @return seconds from the beginning of the word
   */
  public float time(int spike) {
    return times[spike];
  }

  /**
   * Which channel fires a spike.
   *
   * @param spike which, from 0
   * @return from 0 to 699; low channels are those of low tones
   */
  public int channel(int spike) {
    return channels[spike];
  }
}
