package org.dl4jsnn.synapse;

import java.util.Optional;
import org.dl4jsnn.charge.RecurrentCharge;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.compact.RecurrenceKind;
import org.dl4jsnn.internal.synapse.RecurrentCharges;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.spike.SpikeEvents;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link Recurrence#oneToOne}. */
final class OneToOneRecurrence implements Recurrence {

  private final INDArray array;
  private final float[] weights;
  private final double[] exact;
  private final RecurrentCharge charge;

  OneToOneRecurrence(INDArray weights) {
    this.array = weights;
    this.weights = HostArrays.floats(weights);
    this.exact = weights.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    this.charge = RecurrentCharges.oneToOne(this.weights, weights.dataType() == DataType.FLOAT16);
  }

  @Override
  public void charge(Neurons neurons, float[] charged) {
    charge.charge(neurons, charged);
  }

  @Override
  public void feedBack(double[] currentGradient, double[] spikeGradient) {
    for (int i = 0; i < exact.length; i++) {
      spikeGradient[i] += exact[i] * currentGradient[i];
    }
  }

  @Override
  public void feedBack(float[] currentGradient, float[] spikeGradient) {
    for (int i = 0; i < weights.length; i++) {
      spikeGradient[i] += weights[i] * currentGradient[i];
    }
  }

  @Override
  public void feedBack(SpikeEvents currentGradient, float[] spikeGradient) {
    for (int e = 0; e < currentGradient.size(); e++) {
      int i = currentGradient.neuron(e);
      spikeGradient[i] += weights[i] * currentGradient.amplitude(e);
    }
  }

  @Override
  public void accumulate(INDArray spikes, INDArray current) {
    try (INDArray products = spikes.mulRowVector(array)) {
      current.addi(products);
    }
  }

  @Override
  public void backprop(INDArray before, INDArray currentGradient, INDArray weightGradient) {
    try (INDArray products = before.mul(currentGradient);
        INDArray sums = products.sum(0)) {
      weightGradient.assign(sums);
    }
  }

  @Override
  public int fanOut(int neurons) {
    return 1;
  }

  @Override
  public double currentBound() {
    return charge.currentBound();
  }

  @Override
  public Optional<RecurrenceKind> compact() {
    return Optional.of(RecurrenceKind.ONE_TO_ONE);
  }

  @Override
  public String toString() {
    return "one-to-one recurrence of " + weights.length + " neurons";
  }
}
