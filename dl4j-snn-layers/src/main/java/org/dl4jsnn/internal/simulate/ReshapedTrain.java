package org.dl4jsnn.internal.simulate;

import org.dl4jsnn.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.EventSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.dl4jsnn.synapse.PoolingWindows;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Channels of a single row and column as a vector, or the other way round. */
final class ReshapedTrain {

  private ReshapedTrain() {}

  /** A pooled train; its neurons, spikes and their order are the same. */
  static SpikeTrain of(SpikeTrain pooled, FeatureShape shape) {
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
    return new EventSpikeTrain(
        shape, pooled.steps(), samples, pooled.unitSpikes(), pooled.totals());
  }

  /** An array of pooled features in the shape of the windows. */
  static INDArray windows(INDArray pooled, PoolingWindows windows) {
    return pooled.reshape('c', windows.output().arrayShape(Math.toIntExact(pooled.size(0))));
  }
}
