package org.dl4jsnn.synapse;

import java.util.Optional;
import org.dl4jsnn.internal.compact.RecurrenceKind;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.spike.SpikeEvents;
import org.nd4j.linalg.api.ndarray.INDArray;

/** For a layer without recurrent connections. */
final class NoRecurrence implements Recurrence {

  @Override
  public boolean isNone() {
    return true;
  }

  @Override
  public void charge(Neurons neurons, float[] charged) {
    // No currents.
  }

  @Override
  public double currentBound() {
    return 0;
  }

  @Override
  public void feedBack(double[] currentGradient, double[] spikeGradient) {
    // No gradient.
  }

  @Override
  public void feedBack(float[] currentGradient, float[] spikeGradient) {
    // No gradient.
  }

  @Override
  public void feedBack(SpikeEvents currentGradient, float[] spikeGradient) {
    // No gradient.
  }

  @Override
  public void accumulate(INDArray spikes, INDArray current) {
    // No currents.
  }

  @Override
  public void backprop(INDArray before, INDArray currentGradient, INDArray weightGradient) {
    // No weights.
  }

  @Override
  public int fanOut(int neurons) {
    return 0;
  }

  @Override
  public Optional<RecurrenceKind> compact() {
    return Optional.of(RecurrenceKind.NONE);
  }

  @Override
  public String toString() {
    return "no recurrence";
  }
}
