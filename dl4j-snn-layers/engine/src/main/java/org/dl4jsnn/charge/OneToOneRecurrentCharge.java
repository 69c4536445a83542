package org.dl4jsnn.charge;

import org.dl4jsnn.Internal;
import org.dl4jsnn.internal.FiniteWeights;
import org.dl4jsnn.neuron.Neurons;

/** Every neuron reaches itself: c_i += s_i · V_i (equation 44 of docs/mathematics.md). */
@Internal
public final class OneToOneRecurrentCharge implements RecurrentCharge {

  private final float[] weights;
  private final float largest;

  /**
   * Creates the charge from its weights.
   *
   * @param weights V, [n]; not copied
   * @param isHalf whether the network keeps them in half precision
   * @throws IllegalArgumentException if a weight is not finite
   */
  public OneToOneRecurrentCharge(float[] weights, boolean isHalf) {
    this.weights = weights;
    this.largest = FiniteWeights.largest(WEIGHT, isHalf, weights);
  }

  @Override
  public void charge(Neurons neurons, float[] charged) {
    for (int k = 0; k < neurons.firedCount(); k++) {
      int neuron = neurons.fired(k);
      charged[neuron] += weights[neuron];
    }
  }

  @Override
  public double currentBound() {
    return largest;
  }
}
