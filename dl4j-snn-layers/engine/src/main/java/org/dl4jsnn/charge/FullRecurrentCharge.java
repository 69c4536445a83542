package org.dl4jsnn.charge;

import org.dl4jsnn.Internal;
import org.dl4jsnn.internal.FiniteWeights;
import org.dl4jsnn.neuron.Neurons;

/**
 * Every neuron reaches every neuron of its layer, itself included: c_j += Σ_i s_i · V_ij (equation
 * 44 of docs/mathematics.md).
 */
@Internal
public final class FullRecurrentCharge implements RecurrentCharge {

  private final int count;
  private final float[] weights;
  private final float largest;

  /**
   * Creates the charge from its weights.
   *
   * @param count n
   * @param weights V, [n, n] in C order, from the row's neuron to the column's; not copied
   * @param isHalf whether the network keeps them in half precision
   * @throws IllegalArgumentException if a weight is not finite
   */
  public FullRecurrentCharge(int count, float[] weights, boolean isHalf) {
    this.count = count;
    this.weights = weights;
    this.largest = FiniteWeights.largest(WEIGHT, isHalf, weights);
  }

  @Override
  public void charge(Neurons neurons, float[] charged) {
    for (int k = 0; k < neurons.firedCount(); k++) {
      int row = neurons.fired(k) * count;
      for (int j = 0; j < count; j++) {
        charged[j] += weights[row + j];
      }
    }
  }

  @Override
  public double currentBound() {
    return count * (double) largest;
  }
}
