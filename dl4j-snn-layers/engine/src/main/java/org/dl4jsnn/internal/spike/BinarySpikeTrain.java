package org.dl4jsnn.internal.spike;

import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;

/** A train of ordinary spikes, bit-packed as in {@link BitLayout}, grouped by sample. */
public final class BinarySpikeTrain extends PackedTrain {

  private final int[][] words;

  /** Computed at the first call, if not known: whoever only passes spikes on needs none. */
  private volatile SpikeCounts counts;

  /** Computed at the first call. */
  private volatile float[] totals;

  /** Creates a train from its bits; the arrays are not copied. */
  public BinarySpikeTrain(FeatureShape shape, int steps, int[][] words) {
    this(shape, steps, words, null);
  }

  /**
   * Creates a train whose spikes are already counted; the arrays are not copied.
   *
   * @param counts the number of spikes of every neuron
   */
  public BinarySpikeTrain(FeatureShape shape, int steps, int[][] words, SpikeCounts counts) {
    super(shape, steps);
    this.words = words;
    this.counts = counts;
  }

  /** The words of one sample; not to be written to. */
  public int[] words(int sample) {
    return words[sample];
  }

  @Override
  public int minibatch() {
    return words.length;
  }

  @Override
  public boolean unitSpikes() {
    return true;
  }

  @Override
  long events() {
    SpikeCounts known = counts;
    if (known != null) {
      return known.sum();
    }
    long spikes = 0;
    for (int[] ofSample : words) {
      for (int word : ofSample) {
        spikes += Integer.bitCount(word);
      }
    }
    return spikes;
  }

  /** The number of spikes of every neuron; takes less memory than {@link #totals}. */
  public SpikeCounts counts() {
    SpikeCounts known = counts;
    if (known == null) {
      known = SpikeCounts.of(shape, steps, words);
      counts = known;
    }
    return known;
  }

  @Override
  public float amplitudeBound() {
    return 1;
  }

  @Override
  public void read(int sample, int step, SpikeEvents events) {
    events.clear();
    BitLayout layout = BitLayout.of(shape);
    int[] bits = words[sample];
    int position = 0;
    for (int row = 0; row < shape.height(); row++) {
      int ofRow = layout.plane(step, 0) + layout.placeOfRow(row);
      for (int column = 0; column < shape.width(); column++, position++) {
        int word = ofRow + layout.placeOfColumn(column);
        for (int plane = 0; plane < layout.planes(); plane++, word += layout.planeSize()) {
          if (bits[word] != 0) {
            events.addBits(position, plane * BitLayout.WORD, bits[word]);
          }
        }
      }
    }
  }

  @Override
  public float[] totals() {
    float[] known = totals;
    if (known == null) {
      known = counts().totals();
      totals = known;
    }
    return known;
  }
}
