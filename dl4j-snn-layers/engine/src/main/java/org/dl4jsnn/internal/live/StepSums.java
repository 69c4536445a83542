package org.dl4jsnn.internal.live;

import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;

/** What the amplitudes of a step add up to: made in any order, handed over in that of neurons. */
public final class StepSums {

  /** What is handed over of a neuron. */
  private enum Kind {
    /** Its sum, divided by a number. */
    SUM,
    /** Its largest amplitude, at least 0 if fewer than a number came. */
    MAXIMUM,
    /** A spike if its sum is a number. */
    EQUAL
  }

  private final int channels;
  private final Kind kind;
  private final int number;
  private final float[] sums;

  /** The amplitudes that came; only of maxima. */
  private final int[] counts;

  /** A bit for every neuron that was added to. */
  private final long[] marks;

  private int firstWord;
  private int lastWord;

  private StepSums(FeatureShape shape, Kind kind, int number) {
    this.channels = shape.channels();
    this.kind = kind;
    this.number = number;
    this.sums = new float[shape.neurons()];
    this.counts = new int[kind == Kind.MAXIMUM ? sums.length : 0];
    this.marks = new long[PartScratch.words(sums.length)];
    clear();
  }

  /** Sums, divided by a number. */
  public static StepSums of(FeatureShape shape, int divisor) {
    return new StepSums(shape, Kind.SUM, divisor);
  }

  /** The largest amplitudes of windows; a place without an amplitude counts as 0. */
  static StepSums maxima(FeatureShape shape, int windowSize) {
    return new StepSums(shape, Kind.MAXIMUM, windowSize);
  }

  /** A spike of every neuron whose sum is a number. */
  static StepSums equalTo(FeatureShape shape, int number) {
    return new StepSums(shape, Kind.EQUAL, number);
  }

  private void clear() {
    firstWord = marks.length;
    lastWord = -1;
  }

  /** Takes an amplitude. */
  public void add(int neuron, float amplitude) {
    int word = neuron / Long.SIZE;
    if (kind != Kind.MAXIMUM) {
      sums[neuron] += amplitude;
    } else {
      sums[neuron] = counts[neuron]++ == 0 ? amplitude : Math.max(sums[neuron], amplitude);
    }
    marks[word] |= 1L << neuron;
    firstWord = Math.min(firstWord, word);
    lastWord = Math.max(lastWord, word);
  }

  /** Hands over what is not 0 to an empty list, and forgets it. */
  public void drain(SpikeEvents events) {
    for (int word = firstWord; word <= lastWord; word++) {
      for (long left = marks[word]; left != 0; left &= left - 1) {
        int neuron = word * Long.SIZE + Long.numberOfTrailingZeros(left);
        float amplitude = take(neuron);
        if (amplitude != 0) {
          int position = neuron / channels;
          events.add(position, neuron - position * channels, amplitude);
        }
      }
      marks[word] = 0;
    }
    clear();
  }

  /** Copies sums to an empty list, and keeps them; returns the largest magnitude. */
  public float copy(SpikeEvents events) {
    float largest = 0;
    for (int word = firstWord; word <= lastWord; word++) {
      for (long left = marks[word]; left != 0; left &= left - 1) {
        int neuron = word * Long.SIZE + Long.numberOfTrailingZeros(left);
        if (sums[neuron] != 0) {
          int position = neuron / channels;
          events.add(position, neuron - position * channels, sums[neuron]);
          largest = Math.max(largest, Math.abs(sums[neuron]));
        }
      }
    }
    return largest;
  }

  private float take(int neuron) {
    float sum = sums[neuron];
    sums[neuron] = 0;
    switch (kind) {
      case SUM:
        return number == 1 ? sum : sum / number;
      case MAXIMUM:
        boolean isFull = counts[neuron] == number;
        counts[neuron] = 0;
        return isFull ? sum : Math.max(0, sum);
      default:
        return sum == number ? 1 : 0;
    }
  }

  /** Forgets everything. */
  public void reset() {
    for (int word = firstWord; word <= lastWord; word++) {
      for (long left = marks[word]; left != 0; left &= left - 1) {
        take(word * Long.SIZE + Long.numberOfTrailingZeros(left));
      }
      marks[word] = 0;
    }
    clear();
  }
}
