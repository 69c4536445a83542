package org.dl4jsnn.synapse;

import org.dl4jsnn.internal.FiniteWeights;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.neuron.Neurons;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every neuron reaches itself: c_i += s_i · V_i (equation 44 of docs/mathematics.md). */
public final class OneToOneRecurrence implements Recurrence {

  private final float[] weights;
  private final double[] exact;
  private final double largest;

  /**
   * The recurrence of some weights.
   *
   * @param weights V, [n]
   * @throws IllegalArgumentException if a weight is not finite
   */
  public OneToOneRecurrence(INDArray weights) {
    this.weights = HostArrays.floats(weights);
    this.exact = weights.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    this.largest = FiniteWeights.largest(WEIGHT, weights.dataType(), this.weights);
  }

  @Override
  public void charge(Neurons neurons, float[] charged) {
    for (int k = 0; k < neurons.firedCount(); k++) {
      int neuron = neurons.fired(k);
      charged[neuron] += weights[neuron];
    }
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
    return largest;
  }

  @Override
  public String toString() {
    return "one-to-one recurrence of " + weights.length + " neurons";
  }
}
