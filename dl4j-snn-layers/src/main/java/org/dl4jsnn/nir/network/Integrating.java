package org.dl4jsnn.nir.network;

import java.util.List;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.dialect.DialectNeuron;
import org.dl4jsnn.nir.dialect.LinearStep;

/**
 * Integrators of a dialect as a read-out has them: v ← λ·v + gain · current + bias, from 0 on.
 *
 * @param leak λ
 * @param gain one number a neuron
 * @param bias one number a neuron
 */
record Integrating(double leak, float[] gain, float[] bias) {

  /** Whether a node gives a membrane, not spikes. */
  static boolean is(NirNode node) {
    return node instanceof NirNeurons.I
        || node instanceof NirNeurons.LI
        || node instanceof NirNeurons.CubaLI;
  }

  /**
   * What a dialect makes of integrators.
   *
   * @throws IllegalArgumentException if no read-out does the same
   */
  static Integrating of(String name, NirNeurons node, NirDialect dialect) {
    NeuronDynamics dynamics = dialect.neuron(name, node);
    if (!(dynamics instanceof DialectNeuron neuron)) {
      throw new IllegalStateException("an integrator must be one of a dialect, got " + dynamics);
    }
    if (neuron.charging().synapse() != null) {
      throw new IllegalArgumentException(
          "integrators must be without a synaptic current, which a LeakyReadOut does not have, got"
              + " CubaLI. Use LI");
    }
    LinearStep step = neuron.charging().membrane();
    int n = node.shape()[0];
    float[] gain = new float[n];
    float[] bias = new float[n];
    double leak = kept(step, 0);
    for (int i = 0; i < n; i++) {
      if (kept(step, i) != leak) {
        throw new IllegalArgumentException(
            "integrators must have one time constant, as a LeakyReadOut has one leak, got leaks of "
                + leak
                + " and "
                + kept(step, i));
      }
      if (of(step.initial(), i) != 0) {
        throw new IllegalArgumentException(
            "integrators must begin at 0, as a LeakyReadOut does, got " + of(step.initial(), i));
      }
      double taken = step.integration().gain(of(step.decay(), i));
      gain[i] = (float) (taken * of(step.gain(), i));
      bias[i] = (float) ((1 - leak) * of(step.rest(), i));
    }
    return new Integrating(leak, gain, LinearMap.orNull(bias));
  }

  private static double kept(LinearStep step, int neuron) {
    return step.integration().kept(of(step.decay(), neuron));
  }

  private static double of(List<Double> values, int neuron) {
    return values.get(values.size() == 1 ? 0 : neuron);
  }
}
