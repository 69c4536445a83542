package org.dl4jsnn.internal.simulate;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.MergedSpikeTrains;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Combines several spike trains into one where branches of a network meet; linear, so rates combine
 * as spikes do.
 */
public enum SpikeTrainCombination {
  /**
   * Adds trains: if spikes of several branches coincide, one event with their summed amplitude is
   * passed on; if they cancel, none.
   */
  SUM {
    @Override
    public FeatureShape shape(List<FeatureShape> inputs) {
      for (FeatureShape input : inputs) {
        Require.not(
            !input.equals(inputs.get(0)),
            "spike trains to be added must have the same shape, got %s",
            inputs);
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
  },

  /** Concatenates the channels of trains. */
  CONCATENATION {
    @Override
    public FeatureShape shape(List<FeatureShape> inputs) {
      FeatureShape first = inputs.get(0);
      for (FeatureShape input : inputs) {
        Require.not(
            input.spatial() != first.spatial()
                || input.height() != first.height()
                || input.width() != first.width(),
            "spike trains to be concatenated must have the same height and width, got" + " %s",
            inputs);
      }
      int channels = firstChannel(inputs, inputs.size());
      return first.spatial()
          ? FeatureShape.image(channels, first.height(), first.width())
          : FeatureShape.vector(channels);
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
  };

  /**
   * The shape of the combination of at least one branch.
   *
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public abstract FeatureShape shape(List<FeatureShape> inputs);

  /** Combines trains with equal numbers of samples and steps. */
  public abstract SpikeTrain combine(List<SpikeTrain> trains);

  /** The part of a gradient [rows, …] that belongs to a branch; may be a view. */
  public abstract INDArray part(INDArray gradient, List<FeatureShape> inputs, int branch);

  /** The part of a time-resolved gradient that belongs to a branch, as a new gradient. */
  public SpikeGradient part(SpikeGradient gradient, List<FeatureShape> inputs, int branch) {
    SpikeGradient part = SpikeGradient.like(gradient, inputs.get(branch));
    part.values().assign(part(gradient.values(), inputs, branch));
    return part;
  }

  private static int firstChannel(List<FeatureShape> inputs, int branch) {
    return inputs.subList(0, branch).stream()
        .mapToInt(FeatureShape::channels)
        .reduce(0, Math::addExact);
  }
}
