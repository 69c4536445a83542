package org.dl4jsnn.neuron;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.Require;

/**
 * A {@link SynapticNeuron} in whole numbers, as on digital neuromorphic chips (equation 75 of
 * docs/mathematics.md):
 *
 * <pre>{@code
 * IntegerNeuron membrane =
 *     new IntegerNeuron(new int[] {100}, new int[] {3686}, false, new int[] {0}, new int[] {0});
 * IntegerSynapticNeuron neuron =
 *     new IntegerSynapticNeuron(membrane, new int[] {2867}); // keeps 70 % of the current
 * }</pre>
 *
 * <pre>
 *  charge  i ← i + c                  c a sum of integer weights
 *          u ← u + i
 *  fire    s = 1 if u &gt; θ             strictly greater
 *  reset   of u, as in IntegerNeuron
 *  leak    u as in IntegerNeuron,  i ← ⌊i · h / 4096⌋        rounded towards zero
 * </pre>
 *
 * Synaptic currents and membrane potentials are exact up to 2²⁴. Meant for inference, as {@link
 * IntegerNeuron} is. Immutable.
 *
 * <p>Source: Davies et al., "Loihi: a neuromorphic manycore processor with on-chip learning", IEEE
 * Micro 38(1), 2018, whose neurons have both decays as twelve-bit fractions.
 */
public final class IntegerSynapticNeuron implements DifferentiableDynamics {

  private static final long serialVersionUID = 1L;

  /** Indices of the variables: the first takes the current. */
  private static final int CURRENT = 0;

  private static final int MEMBRANE = 1;

  /** Index of the parameter, after those of the membrane. */
  private static final int DECAY = 4;

  /** Threshold, leak, reset, initial value and floor. */
  private final IntegerNeuron membrane;

  /** h: one for all neurons, or one per channel. */
  private final int[] synapticDecays;

  /**
   * A neuron.
   *
   * @param membrane threshold, leak, reset, initial value and floor of the membrane potential
   * @param synapticDecays h, the share of the synaptic current kept from step to step, in 4096ths:
   *     one for all neurons, or one per channel; from 1 to {@value IntegerNeuron#NO_LEAK}
   * @throws IllegalArgumentException if a number is invalid
   */
  public IntegerSynapticNeuron(IntegerNeuron membrane, int[] synapticDecays) {
    this.membrane = Require.given("membrane of a synaptic neuron", membrane);
    this.synapticDecays =
        IntegerNeuron.checked("synaptic decays", synapticDecays, 1, IntegerNeuron.NO_LEAK);
  }

  /**
   * {@return threshold, leak, reset, initial value and floor of the membrane potential; the neuron
   * without its synaptic current}
   */
  public IntegerNeuron membrane() {
    return membrane;
  }

  /**
   * {@return h: the share of the synaptic current kept from step to step, in 4096ths; one for all
   * neurons, or one per channel}
   */
  public int[] synapticDecays() {
    return synapticDecays.clone();
  }

  @Override
  public List<StateVariable> variables() {
    return List.of(new StateVariable("synaptic current", 0), membrane.variables().get(0));
  }

  @Override
  public List<NeuronParameter> parameters() {
    List<NeuronParameter> parameters = new ArrayList<>(membrane.parameters());
    parameters.add(IntegerNeuron.parameter(NeuronParameter.SYNAPTIC_DECAY, synapticDecays));
    return parameters;
  }

  /** The largest threshold of all channels. */
  @Override
  public double threshold() {
    return membrane.threshold();
  }

  @Override
  public boolean keepsExcessAtReset() {
    return membrane.keepsExcessAtReset();
  }

  @Override
  public void excess(Neurons neurons, float[] excess) {
    float[] current = neurons.variable(CURRENT);
    float[] u = neurons.variable(MEMBRANE);
    float[] theta = neurons.parameter(IntegerNeuron.THRESHOLD);
    float[] initial = neurons.parameter(IntegerNeuron.INITIAL);
    for (int i = 0; i < u.length; i++) {
      excess[i] = u[i] + current[i] + initial[i] - theta[i];
    }
  }

  @Override
  public void compare(Neurons neurons, float[] membrane, float[] threshold) {
    float[] current = neurons.variable(CURRENT);
    float[] u = neurons.variable(MEMBRANE);
    float[] theta = neurons.parameter(IntegerNeuron.THRESHOLD);
    float[] initial = neurons.parameter(IntegerNeuron.INITIAL);
    for (int i = 0; i < u.length; i++) {
      membrane[i] = u[i] + current[i] + initial[i];
      threshold[i] = theta[i];
    }
  }

  @Override
  public void reset(Neurons neurons) {
    float[] current = neurons.variable(CURRENT);
    float[] u = neurons.variable(MEMBRANE);
    float[] h = neurons.parameter(DECAY);
    for (int i = 0; i < u.length; i++) {
      u[i] += current[i];
      current[i] = IntegerNeuron.kept(current[i], h[i]);
    }
    membrane.reset(neurons, u);
  }

  @Override
  public void differentiate(LocalDerivatives at) {
    double[] current = at.variable(CURRENT);
    double[] u = at.variable(MEMBRANE);
    for (int i = 0; i < at.count(); i++) {
      double charged = u[i] + current[i];
      double kept = membrane.keptAt(at, charged, i);
      at.excess(CURRENT)[i] = 1;
      at.excess(MEMBRANE)[i] = 1;
      at.reset(CURRENT, CURRENT)[i] = 1;
      at.reset(MEMBRANE, CURRENT)[i] = kept;
      at.reset(MEMBRANE, MEMBRANE)[i] = kept;
      at.resetBySpike(MEMBRANE)[i] = membrane.bySpike(at, charged, i);
      at.leak(CURRENT)[i] = at.parameter(DECAY)[i] / IntegerNeuron.NO_LEAK;
      at.leak(MEMBRANE)[i] = at.parameter(IntegerNeuron.LEAK)[i] / IntegerNeuron.NO_LEAK;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IntegerSynapticNeuron that
        && membrane.equals(that.membrane)
        && Arrays.equals(synapticDecays, that.synapticDecays);
  }

  @Override
  public int hashCode() {
    return 31 * membrane.hashCode() + Arrays.hashCode(synapticDecays);
  }

  @Override
  public String toString() {
    return membrane + ", synaptic decay " + IntegerNeuron.text(synapticDecays) + "/4096";
  }
}
