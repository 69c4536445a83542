package org.dl4jsnn.nir.network;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.linear.Charging;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.neuron.linear.LinearStep;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;

/**
 * A dialect's integrators as in a read-out, starting at 0 (equation 81 of docs/mathematics.md): v ←
 * λ·v + gain · x, or i ← β·i + gain · x and v ← λ·v + i.
 *
 * @param leaks λ for every neuron
 * @param synapticDecay β for every neuron; null without a synaptic current
 * @param origin the dialect's node as a text
 */
record Integrating(double[] leaks, double[] synapticDecay, float[] gain, String origin) {

  /** Whether a node outputs a membrane instead of spikes. */
  static boolean is(NirNode node) {
    return node instanceof NirNeurons.I
        || node instanceof NirNeurons.LI
        || node instanceof NirNeurons.CubaLI;
  }

  /** Stateless: passes its input on. */
  static Integrating nothing(int neurons) {
    float[] ones = new float[neurons];
    Arrays.fill(ones, 1);
    return new Integrating(new double[neurons], null, ones, null);
  }

  /** A dialect's integrators. */
  static Integrating of(String name, NirNeurons node, LayerDialect dialect) {
    Require.not(
        node.shape().length != 1, "integrators must be [n], got %s", Arrays.toString(node.shape()));
    NeuronDynamics dynamics = dialect.neuron(name, node);
    if (!(dynamics instanceof LinearNeuron neuron)) {
      throw new IllegalStateException("an integrator must be one of a dialect, got " + dynamics);
    }
    int n = node.shape()[0];
    Charging charging = neuron.charging();
    float[] gain = new float[n];
    for (int i = 0; i < n; i++) {
      double seen = charging.synapse() == null ? 1 : arriving(charging.synapse(), i);
      gain[i] = (float) (seen * arriving(charging.membrane(), i));
    }
    requireSeenAsItIs(charging, n);
    return new Integrating(
        kept("leak", charging.membrane(), n),
        charging.synapse() == null ? null : kept("synaptic decay", charging.synapse(), n),
        gain,
        neuron.origin());
  }

  /** The share of the input taken by a step. */
  private static double arriving(LinearStep step, int neuron) {
    return step.integration().gain(of(step.decay(), neuron)) * of(step.gain(), neuron);
  }

  /** The shares kept of a quantity, which must start and rest at 0. */
  private static double[] kept(String name, LinearStep step, int n) {
    double[] kept = new double[n];
    for (int i = 0; i < n; i++) {
      double initial = of(step.initial(), i);
      double rest = of(step.rest(), i);
      Require.not(
          initial != 0 || rest != 0,
          "integrators must start and rest at 0, as in a LeakyReadOut, got %s and %s",
          initial,
          rest);
      kept[i] = Require.share(name, step.integration().kept(of(step.decay(), i)));
    }
    return kept;
  }

  /** A read-out's membrane sees the synaptic current after the step. */
  private static void requireSeenAsItIs(Charging charging, int n) {
    for (int i = 0; charging.synapse() != null && i < n; i++) {
      double left = of(charging.synapse().decay(), i);
      double seen = of(charging.seen(), i);
      Require.not(
          left != seen,
          "a membrane must see the synaptic current after the step, as in a LeakyReadOut, got a"
              + " share of %s seen and of %s left. Possible cause: the dialect exact, in which a"
              + " membrane sees the current throughout the step",
          seen,
          left);
    }
  }

  private static double of(List<Double> values, int neuron) {
    return values.get(values.size() == 1 ? 0 : neuron);
  }
}
