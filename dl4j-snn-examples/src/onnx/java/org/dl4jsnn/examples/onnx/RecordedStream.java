package org.dl4jsnn.examples.onnx;

import java.util.Arrays;
import java.util.Random;
import org.dl4jsnn.event.EventTable;

/**
 * A recording as a stream: where and when its events came.
 *
 * @param features places in frames [2, height, width], in the order of time
 * @param times µs since the recording began, at most {@link #DURATION}
 * @param label the class
 */
record RecordedStream(int[] features, long[] times, int label) {

  /** Of a recording in front of N-MNIST's camera, in µs: three sides of 105 ms. */
  static final long DURATION = 315_000;

  /** Width and height of N-MNIST's sensor. */
  static final int SIDE = 34;

  static RecordedStream of(EventTable events, int label) {
    int[] features = new int[events.size()];
    long[] times = new long[events.size()];
    for (int i = 0; i < features.length; i++) {
      features[i] = feature(events.on(i) ? 1 : 0, events.y(i), events.x(i));
      times[i] = events.t(i);
    }
    return new RecordedStream(features, times, label);
  }

  private static int feature(int channel, int y, int x) {
    return (channel * SIDE + y) * SIDE + x;
  }

  /** The first event that is not before a time. */
  int first(double micros) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Counts the events from one number to another in a frame. */
  void count(int first, int end, float... frame) {
    for (int i = first; i < end; i++) {
      frame[features[i]]++;
    }
  }

  /** The same events, all shifted by up to so many pixels; those outside the sensor are lost. */
  RecordedStream shifted(int pixels, Random random) {
    int right = random.nextInt(2 * pixels + 1) - pixels;
    int down = random.nextInt(2 * pixels + 1) - pixels;
    int[] places = new int[features.length];
    long[] when = new long[features.length];
    int kept = 0;
    for (int i = 0; i < features.length; i++) {
      int x = features[i] % SIDE + right;
      int y = features[i] / SIDE % SIDE + down;
      if (x >= 0 && x < SIDE && y >= 0 && y < SIDE) {
        places[kept] = feature(features[i] / (SIDE * SIDE), y, x);
        when[kept++] = times[i];
      }
    }
    return new RecordedStream(Arrays.copyOf(places, kept), Arrays.copyOf(when, kept), label);
  }
}
