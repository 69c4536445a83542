package org.dl4jsnn.internal.spike;

import org.dl4jsnn.spike.FeatureShape;

/**
 * The number of spikes of every neuron of a minibatch, as binary digits: about log₂ T bits per
 * neuron instead of the 32 of single precision.
 */
public final class SpikeCounts {

  private final FeatureShape shape;

  /** Per sample plane after plane, per plane digit after digit, one word per position. */
  private final int[][] digits;

  /**
   * Counts of a minibatch.
   *
   * @param digits the digits of every sample, from a {@link SpikeCounter}; not copied
   */
  public SpikeCounts(FeatureShape shape, int[][] digits) {
    this.shape = shape;
    this.digits = digits;
  }

  /**
   * Counts the spikes of a minibatch.
   *
   * @param words the words of every sample, in the layout of {@link BitLayout}
   */
  static SpikeCounts of(FeatureShape shape, int steps, int[][] words) {
    SpikeCounter counter = new SpikeCounter(shape, steps);
    int[][] digits = new int[words.length][];
    for (int sample = 0; sample < words.length; sample++) {
      digits[sample] = counter.count(words[sample]);
    }
    return new SpikeCounts(shape, digits);
  }

  /** The number of spikes of all neurons. */
  public long sum() {
    long sum = 0;
    int planes = BitLayout.of(shape).planes();
    for (int[] ofSample : digits) {
      int rows = ofSample.length / planes / shape.positions();
      int next = 0;
      for (int plane = 0; plane < planes; plane++) {
        for (int row = 0; row < rows; row++) {
          int ones = 0;
          for (int end = next + shape.positions(); next < end; next++) {
            ones += Integer.bitCount(ofSample[next]);
          }
          sum += (long) ones << row;
        }
      }
    }
    return sum;
  }

  /** Whether no neuron fired; true if all counts are 0. Ends at the first that did. */
  public boolean isZero() {
    for (int[] ofSample : digits) {
      for (int word : ofSample) {
        if (word != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Sets the values of neurons that fired exactly so many times to 0.
   *
   * @param count the number of spikes; at least 1, since bits without a neuron count 0
   * @param values one value per neuron of the sample, in the order of arrays
   */
  public void clearWhere(int sample, int count, float[] values) {
    int[] ofSample = digits[sample];
    int positions = shape.positions();
    int planes = BitLayout.of(shape).planes();
    int rows = ofSample.length / planes / positions;
    if (count >>> rows != 0) {
      return; // no count has so many digits
    }
    for (int plane = 0; plane < planes; plane++) {
      int first = plane * rows * positions;
      for (int position = 0; position < positions; position++) {
        int equal = -1;
        for (int row = 0; row < rows; row++) {
          int digit = ofSample[first + row * positions + position];
          equal &= (count >>> row & 1) == 1 ? digit : ~digit;
        }
        for (; equal != 0; equal &= equal - 1) {
          int channel = plane * BitLayout.WORD + Integer.numberOfTrailingZeros(equal);
          values[channel * positions + position] = 0;
        }
      }
    }
  }

  /** The counts as numbers; minibatch · neurons counts, in the order of arrays. */
  float[] totals() {
    float[] totals = new float[Math.multiplyExact(digits.length, shape.neurons())];
    Reader reader = reader();
    for (int sample = 0; sample < digits.length; sample++) {
      reader.read(sample, totals, sample * shape.neurons());
    }
    return totals;
  }

  /** A reader for one task. */
  public Reader reader() {
    return reader(new ScratchLoop(shape.positions()));
  }

  /** A reader for one task with a given loop. */
  public Reader reader(Loop loop) {
    return new Reader(loop);
  }

  /** The innermost loop: the counts of one channel from their digits. */
  @FunctionalInterface
  public interface Loop {

    /**
     * Writes the counts of a channel.
     *
     * @param digits one word per position, row after row; row k holds the digits of value 2ᵏ
     * @param target where to write one count per position, from the offset on
     */
    void write(
        int[] digits, int first, int rows, int positions, int bit, float[] target, int offset);
  }

  /** Turns digits into numbers, sample by sample. One per task. */
  public final class Reader {

    private final Loop loop;

    private Reader(Loop loop) {
      this.loop = loop;
    }

    /**
     * Reads a sample.
     *
     * @param target where to write the number of spikes of every neuron, in the order of arrays
     */
    public void read(int sample, float[] target, int offset) {
      int[] ofSample = digits[sample];
      int positions = shape.positions();
      int rows = ofSample.length / BitLayout.of(shape).planes() / positions;
      for (int channel = 0; channel < shape.channels(); channel++) {
        int first = channel / BitLayout.WORD * rows * positions;
        int bit = channel % BitLayout.WORD;
        loop.write(ofSample, first, rows, positions, bit, target, offset + channel * positions);
      }
    }
  }

  /** The loop in plain Java, with scratch memory for one task. */
  private static final class ScratchLoop implements Loop {

    private final int[] counts;

    /** The digits of a plane, in separate rows so that the loop is vectorised. */
    private int[][] rows = new int[0][];

    ScratchLoop(int positions) {
      this.counts = new int[positions];
    }

    @Override
    public void write(
        int[] digits, int first, int rowCount, int positions, int bit, float[] target, int offset) {
      if (bit == 0) { // for all channels of a plane, which are read in order
        copy(digits, first, rowCount);
      }
      expand(rows[0], rows[1], bit);
      for (int k = 2; k < rowCount; k++) {
        expand(rows[k], bit, k);
      }
      write(target, offset);
    }

    private void copy(int[] digits, int first, int rowCount) {
      if (rows.length != rowCount) {
        rows = new int[rowCount][counts.length];
      }
      for (int k = 0; k < rowCount; k++) {
        System.arraycopy(digits, first + k * counts.length, rows[k], 0, counts.length);
      }
    }

    private void expand(int[] ones, int[] twos, int bit) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] = (ones[i] >>> bit & 1) + 2 * (twos[i] >>> bit & 1);
      }
    }

    private void expand(int[] digit, int bit, int worth) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += (digit[i] >>> bit & 1) << worth;
      }
    }

    private void write(float[] target, int offset) {
      for (int position = 0; position < counts.length; position++) {
        target[offset + position] = counts[position];
      }
    }
  }
}
