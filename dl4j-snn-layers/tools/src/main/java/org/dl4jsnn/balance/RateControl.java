package org.dl4jsnn.balance;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sets a layer's firing rate by its drive: the strength of currents relative to the threshold, 1
 * for the unchanged layer. The rate rises with the drive.
 *
 * @param drive sets the layer's drive; 1 restores the layer bit for bit
 * @param most the greatest drive that the layer can have
 * @param factor the factor that a drive multiplies by
 */
record RateControl(DoubleConsumer drive, double most, DoubleUnaryOperator factor) {

  /** Drives a layer by its threshold, which stays at or above the value that a spike resets to. */
  static RateControl ofThreshold(BaseSpikingLayer layer) {
    if (!(layer.getNeuron() instanceof SpikingNeuron original)) {
      throw new IllegalArgumentException(
          ("%s must have (leaky) integrate-and-fire neurons for its threshold to be balanced,"
                  + " got %s. Balance the weights instead")
              .formatted(layer.name(), layer.getNeuron()));
    }
    Require.not(
        layer.getLearned().stream()
            .anyMatch(learned -> learned.name().equals(NeuronParameter.THRESHOLD)),
        "%s must have a fixed threshold to balance, got one that the network learns. Balance the"
            + " weights instead",
        layer.name());
    double threshold = original.threshold();
    double floor = original.reset().value();
    return new RateControl(
        drive -> layer.setNeuron(original.withThreshold(Math.max(threshold / drive, floor))),
        floor > 0 ? threshold / floor : Double.POSITIVE_INFINITY,
        drive -> 1 / drive);
  }

  /**
   * Drives a layer by its weights and bias, or, if a normalisation would undo that, by the
   * normalisation's gain and shift; and by its recurrent weights, if any.
   */
  static RateControl ofWeights(Map<String, INDArray> parameters) {
    Stream<String> keys =
        parameters.containsKey(CurrentNormalization.GAIN)
            ? Stream.of(CurrentNormalization.GAIN, CurrentNormalization.SHIFT, Recurrence.WEIGHT)
            : Stream.of(Synapse.WEIGHT, Synapse.BIAS, Recurrence.WEIGHT);
    List<Scaled> scaled =
        keys.filter(parameters::containsKey)
            .map(parameters::get)
            .map(array -> new Scaled(array, array.dup()))
            .toList();
    return new RateControl(
        drive -> scaled.forEach(each -> each.scale(drive)),
        Double.POSITIVE_INFINITY,
        DoubleUnaryOperator.identity());
  }

  /** A parameter, as a view of the network's array, and a copy of its original values. */
  private record Scaled(INDArray parameter, INDArray original) {

    private void scale(double drive) {
      parameter.assign(original);
      if (drive != 1) {
        parameter.muli(drive);
      }
    }
  }
}
