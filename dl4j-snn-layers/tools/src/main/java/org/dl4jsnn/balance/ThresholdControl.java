package org.dl4jsnn.balance;

import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.SpikingNeuron;

/** Drives a layer by its threshold, which stays at or above the value that a spike resets to. */
final class ThresholdControl implements RateControl {

  private final BaseSpikingLayer layer;
  private final SpikingNeuron original;

  ThresholdControl(BaseSpikingLayer layer) {
    if (!(layer.getNeuron() instanceof SpikingNeuron neuron)) {
      throw new IllegalArgumentException(
          layer.name()
              + " must have (leaky) integrate-and-fire neurons for its threshold to be balanced,"
              + " got "
              + layer.getNeuron()
              + ". Balance the weights instead");
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
