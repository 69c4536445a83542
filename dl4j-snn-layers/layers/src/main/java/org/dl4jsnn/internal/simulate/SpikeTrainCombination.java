package org.dl4jsnn.internal.simulate;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.handover.SpikeGradient;
import org.dl4jsnn.internal.host.MergedSpikeTrains;
import org.dl4jsnn.internal.host.SpikeLogic;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Combines several spike trains into one where branches of a network meet. */
public enum SpikeTrainCombination {
  /**
   * Adds trains: if spikes of several branches coincide, one event with their summed amplitude is
   * passed on; if they cancel, none.
   */
  SUM {
    @Override
    public SpikeTrain combine(List<SpikeTrain> trains) {
      return MergedSpikeTrains.sum(trains);
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
  },

  /** A spike where both trains have one. */
  AND {
    @Override
    public SpikeTrain combine(List<SpikeTrain> trains) {
      return SpikeLogic.AND.of(trains);
    }

    @Override
    INDArray factor(int branch, INDArray other) {
      return other.dup('c');
    }
  },

  /** A spike where the first train has one and the second has none. */
  AND_NOT {
    @Override
    public SpikeTrain combine(List<SpikeTrain> trains) {
      return SpikeLogic.AND_NOT.of(trains);
    }

    @Override
    INDArray factor(int branch, INDArray other) {
      return branch == 0 ? other.rsub(1) : other.neg();
    }
  };

  /** Whether rates combine as spikes do. */
  public boolean isLinear() {
    return this == SUM || this == CONCATENATION;
  }

  /**
   * The shape of the combination of at least one branch.
   *
   * @throws IllegalArgumentException if the shapes do not fit together
   */
  public FeatureShape shape(List<FeatureShape> inputs) {
    Require.not(
        !isLinear() && inputs.size() != 2,
        "spikes must be compared with those of one other branch, got %s branches",
        inputs.size());
    for (FeatureShape input : inputs) {
      Require.not(
          !input.equals(inputs.get(0)),
          "spike trains of branches must have the same shape, got %s",
          inputs);
    }
    return inputs.get(0);
  }

  /** Combines trains with equal numbers of samples and steps. */
  public abstract SpikeTrain combine(List<SpikeTrain> trains);

  /** The part of a linear combination [rows, …] that belongs to a branch; may be a view. */
  public INDArray part(INDArray combined, List<FeatureShape> inputs, int branch) {
    return combined;
  }

  /**
   * ∂s/∂s_branch of a combination of two trains that is not linear: 0 or ±1 for spikes, and for
   * rates its mean over the steps if a spike more or less can be at any of them (equation 95 of
   * docs/mathematics.md). A new array.
   *
   * @param other the other branch's spikes, or their rates
   */
  INDArray factor(int branch, INDArray other) {
    throw new IllegalStateException(this + " has no factors, since it is linear");
  }

  /**
   * The gradient of a branch's rates, from that of the combination, for one that is not linear; a
   * new array.
   */
  public INDArray gradient(INDArray gradient, List<SpikeTrain> trains, int branch) {
    SpikeTrain other = trains.get(1 - branch);
    try (INDArray rates = Nd4j.createUninitialized(gradient.dataType(), gradient.shape(), 'c')) {
      HostArrays.copy(other.totals(), rates);
      return factor(branch, rates.divi(other.steps())).muli(gradient);
    }
  }

  /** The time-resolved gradient of a branch, from that of the combination, as a new one. */
  public SpikeGradient gradient(SpikeGradient gradient, List<SpikeTrain> trains, int branch) {
    SpikeGradient part = SpikeGradient.like(gradient, trains.get(branch).shape());
    if (isLinear()) {
      part.values().assign(part(gradient.values(), shapes(trains), branch));
      return part;
    }
    SpikeTrain other = trains.get(1 - branch);
    INDArray values = gradient.values();
    try (INDArray spikes =
            DenseFrames.of(other, 0, other.minibatch(), 0, other.steps(), values.dataType());
        INDArray factor = factor(branch, spikes)) {
      part.values().assign(values).muli(factor);
    }
    return part;
  }

  private static List<FeatureShape> shapes(List<SpikeTrain> trains) {
    return trains.stream().map(SpikeTrain::shape).toList();
  }

  private static int firstChannel(List<FeatureShape> inputs, int branch) {
    return inputs.subList(0, branch).stream()
        .mapToInt(FeatureShape::channels)
        .reduce(0, Math::addExact);
  }
}
