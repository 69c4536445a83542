package org.dl4jsnn.internal.layer;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.internal.kernel.Kernels;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.RepeatedSpikeTrain;
import org.dl4jsnn.internal.spike.SpikeCounts;
import org.dl4jsnn.internal.spike.SummedSpikeTrain;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The part of a train that does not depend on the timing of its spikes.
 *
 * @param steps T
 * @param times how often the counts or totals come: T of one step that is repeated, otherwise 1
 * @param counts the numbers of ordinary spikes; null for other trains
 * @param totals the sums of amplitudes; null for ordinary spikes
 */
record AccumulatedSpikes(
    FeatureShape shape, int minibatch, int steps, int times, SpikeCounts counts, float[] totals) {

  static AccumulatedSpikes of(SpikeTrain train) {
    SpikeTrain kept = train instanceof RepeatedSpikeTrain ? train.ofAnyStep() : train;
    SpikeCounts counts = counts(kept);
    return new AccumulatedSpikes(
        train.shape(),
        train.minibatch(),
        train.steps(),
        train.steps() / kept.steps(),
        counts,
        counts != null ? null : kept.totals());
  }

  /** Of a step that is repeated, that step, whose sums are the means; otherwise the same. */
  AccumulatedSpikes once() {
    return times == 1
        ? this
        : new AccumulatedSpikes(shape, minibatch, steps / times, 1, counts, totals);
  }

  private static SpikeCounts counts(SpikeTrain train) {
    if (train instanceof BinarySpikeTrain binary) {
      return binary.counts();
    }
    return train instanceof SummedSpikeTrain sum ? sum.counts() : null;
  }

  /** Reads sample by sample, in the order of arrays; one reader per task. */
  @FunctionalInterface
  interface Reader {
    void read(int sample, float[] target);
  }

  Reader reader() {
    Reader once = readerOnce();
    return times == 1
        ? once
        : (sample, target) -> {
          once.read(sample, target);
          for (int i = 0; i < target.length; i++) {
            target[i] *= times;
          }
        };
  }

  private Reader readerOnce() {
    if (counts != null) {
      SpikeCounts.Reader reader = Kernels.chosen().reader(counts);
      return (sample, target) -> reader.read(sample, target, 0);
    }
    return (sample, target) ->
        System.arraycopy(totals, sample * target.length, target, 0, target.length);
  }

  /** Sets the values of a sample's neurons to 0 if they fired at every step. */
  void clearSaturated(int sample, float[] values) {
    if (counts != null) {
      counts.clearWhere(sample, steps / times, values);
      return;
    }
    int first = sample * values.length;
    for (int i = 0; i < values.length; i++) {
      if (totals[first + i] * times >= steps) {
        values[i] = 0;
      }
    }
  }

  /** Whether no neuron fired. Ends at the first that did. */
  boolean isSilent() {
    if (counts != null) {
      return counts.isZero();
    }
    for (float total : totals) {
      if (total != 0) {
        return false;
      }
    }
    return true;
  }

  /** The mean over all neurons, samples and steps. */
  double mean() {
    double sum =
        counts != null
            ? counts.sum()
            : IntStream.range(0, totals.length).mapToDouble(i -> totals[i]).sum();
    return sum * times / steps / minibatch / shape.neurons();
  }

  /** The mean over the steps, in an array that the caller closes. */
  INDArray rates(DataType type) {
    return Rates.of(this, ArrayType.ACTIVATIONS, type, LayerWorkspaceMgr.noWorkspaces());
  }
}
