package org.dl4jsnn.nir.network;

import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirNeurons;
import org.dl4jsnn.nir.NirNode;
import org.dl4jsnn.nir.dialect.Charging;
import org.dl4jsnn.nir.dialect.DialectNeuron;
import org.dl4jsnn.nir.dialect.DialectNode;
import org.dl4jsnn.nir.dialect.LinearStep;

/**
 * Integrators of a dialect as a read-out has them, from 0 on (equation 81 of docs/mathematics.md):
 * v ← λ·v + gain · x, or i ← β·i + gain · x and v ← λ·v + i.
 *
 * @param leaks λ of every neuron
 * @param synapticDecay β of every neuron; null without a synaptic current
 * @param gain one number a neuron
 * @param origin the node that a dialect made them of
 */
record Integrating(double[] leaks, double[] synapticDecay, float[] gain, DialectNode origin) {

  /** Whether a node gives a membrane, not spikes. */
  static boolean is(NirNode node) {
    return node instanceof NirNeurons.I
        || node instanceof NirNeurons.LI
        || node instanceof NirNeurons.CubaLI;
  }

  /** What keeps nothing from step to step: what arrives goes on. */
  static Integrating nothing(int neurons) {
    float[] ones = new float[neurons];
    Arrays.fill(ones, 1);
    return new Integrating(new double[neurons], null, ones, null);
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
        neuron.node());
  }

  /** The share of what arrives that a step takes. */
  private static double arriving(LinearStep step, int neuron) {
    return step.integration().gain(of(step.decay(), neuron)) * of(step.gain(), neuron);
  }

  /** The shares that a quantity keeps, which must begin and rest at 0. */
  private static double[] kept(String name, LinearStep step, int n) {
    double[] kept = new double[n];
    for (int i = 0; i < n; i++) {
      double initial = of(step.initial(), i);
      double rest = of(step.rest(), i);
      if (initial != 0 || rest != 0) {
        throw new IllegalArgumentException(
            "integrators must begin at 0 and rest there, as a LeakyReadOut does, got "
                + initial
                + " and "
                + rest);
      }
      kept[i] = Require.share(name, step.integration().kept(of(step.decay(), i)));
    }
    return kept;
  }

  /** A read-out's membrane sees the synaptic current that the step leaves. */
  private static void requireSeenAsItIs(Charging charging, int n) {
    for (int i = 0; charging.synapse() != null && i < n; i++) {
      double left = of(charging.synapse().decay(), i);
      double seen = of(charging.seen(), i);
      if (left != seen) {
        throw new IllegalArgumentException(
            "a membrane must see the synaptic current as it is after the step, as a LeakyReadOut's"
                + " does, got a share of "
                + seen
                + " seen and of "
                + left
                + " left. Possible cause: the dialect exact, in which a membrane sees the current"
                + " all the step long");
      }
    }
  }

  private static double of(List<Double> values, int neuron) {
    return values.get(values.size() == 1 ? 0 : neuron);
  }
}
