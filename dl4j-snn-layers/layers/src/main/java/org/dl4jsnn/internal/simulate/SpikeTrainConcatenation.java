package org.dl4jsnn.internal.simulate;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.host.MergedSpikeTrains;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Concatenates the channels of spike trains. */
public final class SpikeTrainConcatenation implements SpikeTrainCombination {

  /** Creates the concatenation. */
  public SpikeTrainConcatenation() {}

  @Override
  public FeatureShape shape(List<FeatureShape> inputs) {
    FeatureShape first = inputs.get(0);
    for (FeatureShape input : inputs) {
      if (input.spatial() != first.spatial()
          || input.height() != first.height()
          || input.width() != first.width()) {
        throw new IllegalArgumentException(
            "spike trains to be concatenated must have the same height and width, got " + inputs);
      }
    }
    int channels = firstChannel(inputs, inputs.size());
    return first.spatial()
        ? FeatureShape.image(channels, first.height(), first.width())
        : FeatureShape.vector(channels);
  }

  private static int firstChannel(List<FeatureShape> inputs, int branch) {
    return inputs.subList(0, branch).stream()
        .mapToInt(FeatureShape::channels)
        .reduce(0, Math::addExact);
  }

  @Override
  public SpikeTrain combine(List<SpikeTrain> trains) {
    List<FeatureShape> inputs = trains.stream().map(SpikeTrain::shape).toList();
    return MergedSpikeTrains.concatenation(shape(inputs), trains);
  }

  @Override
  public INDArray part(INDArray gradient, List<FeatureShape> inputs, int branch) {
    int first = firstChannel(inputs, branch);
    INDArrayIndex[] indices = new INDArrayIndex[gradient.rank()];
    Arrays.fill(indices, NDArrayIndex.all());
    indices[1] = NDArrayIndex.interval(first, first + inputs.get(branch).channels());
    return gradient.get(indices);
  }
}
