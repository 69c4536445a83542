package org.dl4jsnn.balance;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Drives a layer by its weights and bias, or, if a normalisation would undo that, by the
 * normalisation's gain and shift; and by its recurrent weights, if any.
 */
final class WeightControl implements RateControl {

  private final List<Scaled> scaled;

  /** A parameter, as a view of the network's array, and a copy of its original values. */
  private record Scaled(INDArray parameter, INDArray original) {}

  WeightControl(Map<String, INDArray> parameters) {
    Stream<String> keys =
        parameters.containsKey(CurrentNormalization.GAIN)
            ? Stream.of(CurrentNormalization.GAIN, CurrentNormalization.SHIFT, Recurrence.WEIGHT)
            : Stream.of(Synapse.WEIGHT, Synapse.BIAS, Recurrence.WEIGHT);
    this.scaled =
        keys.filter(parameters::containsKey)
            .map(parameters::get)
            .map(array -> new Scaled(array, array.dup()))
            .toList();
  }

  @Override
  public void turn(double drive) {
    for (Scaled each : scaled) {
      each.parameter.assign(each.original);
      if (drive != 1) {
        each.parameter.muli(drive);
      }
    }
  }

  @Override
  public double most() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public double factor(double drive) {
    return drive;
  }
}
