package org.dl4jsnn.examples.spoken;

import java.util.Arrays;
import org.dl4jsnn.event.cochlea.CochleaSpikes;

/** A growing list of spikes. */
final class SpikeList {

  private static final int FIRST_CAPACITY = 8_192;

  private float[] times = new float[FIRST_CAPACITY];
  private int[] channels = new int[FIRST_CAPACITY];
  private int size;

  void add(float time, int channel) {
    if (size == times.length) {
      times = Arrays.copyOf(times, 2 * size);
      channels = Arrays.copyOf(channels, 2 * size);
    }
    times[size] = time;
    channels[size++] = channel;
  }

  CochleaSpikes asSpikes() {
    return new CochleaSpikes(Arrays.copyOf(times, size), Arrays.copyOf(channels, size));
  }
}
