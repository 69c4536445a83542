package org.dl4jsnn.balance;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sets a layer's firing rate by its drive: the strength of currents relative to the threshold, 1
 * for the unchanged layer. The rate rises with the drive.
 */
interface RateControl {

  /** Sets the layer's drive; 1 restores the layer bit for bit. */
  void turn(double drive);

  /** The greatest drive that the layer can have. */
  double most();

  /** The factor that a drive multiplies by. */
  double factor(double drive);

  /** Drives a layer by its threshold, which stays at or above the value that a spike resets to. */
  final class ThresholdControl implements RateControl {

    private final BaseSpikingLayer layer;
    private final SpikingNeuron original;

    ThresholdControl(BaseSpikingLayer layer) {
      if (!(layer.getNeuron() instanceof SpikingNeuron neuron)) {
        throw new IllegalArgumentException(
            ("%s must have (leaky) integrate-and-fire neurons for its threshold to be balanced,"
                    + " got %s. Balance the weights instead")
                .formatted(layer.name(), layer.getNeuron()));
      }
      if (layer.getLearned().stream()
          .anyMatch(learned -> learned.name().equals(NeuronParameter.THRESHOLD))) {
        throw new IllegalArgumentException(
            layer.name()
                + " must have a fixed threshold to balance, got one that the network learns."
                + " Balance the weights instead");
      }
      this.layer = layer;
      this.original = neuron;
    }

    @Override
    public void turn(double drive) {
      double threshold = Math.max(original.threshold() / drive, original.reset().value());
      layer.setNeuron(original.withThreshold(threshold));
    }

    @Override
    public double most() {
      double floor = original.reset().value();
      return floor > 0 ? original.threshold() / floor : Double.POSITIVE_INFINITY;
    }

    @Override
    public double factor(double drive) {
      return 1 / drive;
    }
  }

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
}
