package org.dl4jsnn.internal.kernel;

import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The spikes of a step, in the order of position and channel, each with a number: that of its
 * position plus the channel. Scratch memory, one per task.
 */
public final class NumberedSpikes {

  private final StepSpikes spikes;
  private int size;
  private boolean graded;

  /**
   * Creates a reader.
   *
   * @param ofPosition the numbers of all positions
   */
  public NumberedSpikes(FeatureShape shape, int... ofPosition) {
    this.spikes = new StepSpikes(new StepSpikes.Codes(shape, ofPosition));
  }

  /** Spikes with the number of their neuron. */
  public static NumberedSpikes ofNeurons(FeatureShape shape) {
    int[] firstNeurons = new int[shape.positions()];
    for (int position = 0; position < firstNeurons.length; position++) {
      firstNeurons[position] = position * shape.channels();
    }
    return new NumberedSpikes(shape, firstNeurons);
  }

  /** Reads a step of a train of the shape. */
  public void read(SpikeTrain train, int sample, int step) {
    size = spikes.read(train, sample, step);
    graded = !train.unitSpikes();
  }

  /** The number of spikes that were read. */
  public int size() {
    return size;
  }

  /** The number of one of them. */
  public int number(int spike) {
    return spikes.codes[spike];
  }

  /** Adds the amplitude of every spike to the sum with its number. */
  public void addTo(float[] sums) {
    for (int e = 0; e < size; e++) {
      sums[spikes.codes[e]] += graded ? spikes.amplitudes[e] : 1;
    }
  }
}
