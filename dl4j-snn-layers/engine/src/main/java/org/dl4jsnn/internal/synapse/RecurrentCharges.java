package org.dl4jsnn.internal.synapse;

import org.dl4jsnn.charge.RecurrentCharge;
import org.dl4jsnn.internal.FiniteWeights;
import org.dl4jsnn.neuron.Neurons;

/** The recurrent currents of a layer (equation 44 of docs/mathematics.md). */
public final class RecurrentCharges {

  private RecurrentCharges() {}

  /**
   * Every neuron reaches every neuron of its layer, itself included: c_j += Σ_i s_i · V_ij.
   *
   * @param weights V, [n, n] in C order, from the row's neuron to the column's; not copied
   * @param isHalf whether the network keeps them in half precision
   * @throws IllegalArgumentException if a weight is not finite
   */
  public static RecurrentCharge full(int count, float[] weights, boolean isHalf) {
    double bound = count * (double) largest(weights, isHalf);
    return new RecurrentCharge() {
      @Override
      public void charge(Neurons neurons, float[] charged) {
        int fired = neurons.firedCount();
        int k = 0;
        // Four rows in one turn, in order, so that sums are read and written a fourth as often.
        for (; k + 3 < fired; k += 4) {
          int first = neurons.fired(k) * count;
          int second = neurons.fired(k + 1) * count;
          int third = neurons.fired(k + 2) * count;
          int fourth = neurons.fired(k + 3) * count;
          for (int j = 0; j < count; j++) {
            float sum = charged[j] + weights[first + j];
            sum += weights[second + j];
            sum += weights[third + j];
            charged[j] = sum + weights[fourth + j];
          }
        }
        for (; k < fired; k++) {
          int row = neurons.fired(k) * count;
          for (int j = 0; j < count; j++) {
            charged[j] += weights[row + j];
          }
        }
      }

      @Override
      public double currentBound() {
        return bound;
      }
    };
  }

  /**
   * Every neuron reaches itself: c_i += s_i · V_i.
   *
   * @param weights V, [n]; not copied
   * @param isHalf whether the network keeps them in half precision
   * @throws IllegalArgumentException if a weight is not finite
   */
  public static RecurrentCharge oneToOne(float[] weights, boolean isHalf) {
    double bound = largest(weights, isHalf);
    return new RecurrentCharge() {
      @Override
      public void charge(Neurons neurons, float[] charged) {
        for (int k = 0; k < neurons.firedCount(); k++) {
          int neuron = neurons.fired(k);
          charged[neuron] += weights[neuron];
        }
      }

      @Override
      public double currentBound() {
        return bound;
      }
    };
  }

  private static float largest(float[] weights, boolean isHalf) {
    return FiniteWeights.largest(RecurrentCharge.WEIGHT, isHalf, weights);
  }
}
