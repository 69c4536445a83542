package org.dl4jsnn.internal.simulate;

import java.util.List;
import org.dl4jsnn.internal.host.MergedSpikeTrains;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adds spike trains: if spikes of several branches coincide, one event with their summed amplitude
 * is passed on; if they cancel, none.
 */
public final class SpikeTrainSum implements SpikeTrainCombination {

  /** Creates the sum. */
  public SpikeTrainSum() {}

  @Override
  public FeatureShape shape(List<FeatureShape> inputs) {
    for (FeatureShape input : inputs) {
      if (!input.equals(inputs.get(0))) {
        throw new IllegalArgumentException(
            "spike trains to be added must have the same shape, got " + inputs);
      }
    }
    return inputs.get(0);
  }

  @Override
  public SpikeTrain combine(List<SpikeTrain> trains) {
    return MergedSpikeTrains.sum(trains);
  }

  @Override
  public INDArray part(INDArray gradient, List<FeatureShape> inputs, int branch) {
    return gradient;
  }
}
