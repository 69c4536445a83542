package org.dl4jsnn.internal.host;

import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/** Channels with a single row and column as a vector, or vice versa. */
public final class ReshapedTrain {

  private ReshapedTrain() {}

  /**
   * A pooled train; its neurons, spikes and their order are the same.
   *
   * @param shape the other shape, with as many neurons
   */
  public static SpikeTrain of(SpikeTrain pooled, FeatureShape shape) {
    if (pooled.shape().equals(shape)) {
      return pooled;
    }
    if (pooled instanceof BinarySpikeTrain binary) {
      int[][] words = new int[pooled.minibatch()][];
      for (int sample = 0; sample < words.length; sample++) {
        words[sample] = binary.words(sample);
      }
      return new BinarySpikeTrain(shape, pooled.steps(), words);
    }
    EventSpikeTrain events = (EventSpikeTrain) pooled;
    EventSpikeTrain.Sample[] samples = new EventSpikeTrain.Sample[pooled.minibatch()];
    for (int sample = 0; sample < samples.length; sample++) {
      samples[sample] = events.sample(sample);
    }
    return EventSpikeTrain.unchecked(
        shape, pooled.steps(), samples, pooled.unitSpikes(), pooled.totals());
  }
}
