package org.dl4jsnn.gradient;

import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.LocalDerivatives;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.Neurons;

/**
 * By how much going back one step multiplies the gradient of a state variable at most: the largest
 * |λ · (∂ρ/∂x + h · ∂v/∂x · ∂ρ/∂s)| of equation 13′ of docs/mathematics.md, for neurons that have
 * not fired before and membranes from 0 upwards. Above 1, gradients may grow from step to step.
 */
final class StepFactor {

  /**
   * Places at which a surrogate is looked at, and how many widths around the threshold they lie.
   */
  private static final int PLACES = 193;

  private static final double REACH = 3;

  private final DifferentiableDynamics neuron;
  private final Surrogate surrogate;
  private final boolean detached;
  private final int channels;

  /** A factor for neurons whose resets may be detached, in a layer with a number of channels. */
  StepFactor(DifferentiableDynamics neuron, Surrogate surrogate, boolean detached, int channels) {
    this.neuron = neuron;
    this.surrogate = surrogate;
    this.detached = detached;
    boolean isAlike = neuron.parameters().stream().allMatch(NeuronParameter::isOfLayer);
    this.channels = isAlike ? 1 : channels;
  }

  /** The largest factor of all variables and channels. */
  double largest() {
    double largest = 0;
    for (int variable = 0; variable < neuron.variables().size(); variable++) {
      largest = Math.max(largest, largest(variable));
    }
    return largest;
  }

  private double largest(int variable) {
    int count = PLACES * channels;
    Neurons neurons = Neurons.of(neuron, count, channels);
    float[] excess = new float[count];
    neuron.excess(neurons, excess);
    float[] x = neurons.variable(variable);
    for (int i = 0; i < count; i++) {
      // Excess rises with the variable by 1, if at all, in all built-in neurons.
      x[i] += (float) (distance(i / channels) - excess[i]);
    }
    neuron.excess(neurons, excess);
    float[] fired = new float[count];
    for (int i = 0; i < count; i++) {
      fired[i] = excess[i] > 0 ? 1 : 0;
    }
    LocalDerivatives at = new LocalDerivatives(neuron, channels, false);
    boolean isCut = detached && neuron.isResetBySpike(variable);
    double largest = 0;
    int some;
    for (int first = 0; first < count; first += some) {
      some = at.move(neurons, fired, first);
      for (int i = 0; i < some; i++) {
        double bySpike =
            isCut
                ? 0
                : at.resetBySpike(variable)[i]
                    * surrogate.derivative(excess[first + i])
                    * at.excess(variable)[i];
        double factor = at.leak(variable)[i] * (at.reset(variable, variable)[i] + bySpike);
        largest = Math.max(largest, Math.abs(factor));
      }
    }
    return largest;
  }

  /** From a membrane of 0, or three widths below the threshold, to three above. */
  private double distance(int place) {
    double reach = REACH * surrogate.width();
    double from = -Math.min(neuron.threshold(), reach);
    return from + (reach - from) * place / (PLACES - 1);
  }
}
