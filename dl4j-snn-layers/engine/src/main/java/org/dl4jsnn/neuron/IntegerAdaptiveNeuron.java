package org.dl4jsnn.neuron;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.internal.Require;

/**
 * An {@link AdaptiveNeuron} in whole numbers, for digital chips and microcontrollers (equation 91
 * of docs/mathematics.md): the adaptation a is what the threshold is raised by.
 *
 * <pre>
 *  charge  u ← u + c
 *  fire    s = 1 if u &gt; θ + a
 *  reset   u ← u_r, or u ← u − θ − a;   leak of u as in IntegerNeuron
 *  adapt   a ← ⌊a · h / 4096⌋ + s · g
 * </pre>
 *
 * Exact up to 2²⁴. Meant for inference, as {@link IntegerNeuron} is. Immutable.
 */
public final class IntegerAdaptiveNeuron implements DifferentiableDynamics {

  private static final long serialVersionUID = 1L;
  private static final int MOST = 1 << 24;

  /** Indices of the variables. */
  private static final int MEMBRANE = 0;

  private static final int ADAPTATION = 1;

  /** Indices of the parameters, after those of the membrane. */
  private static final int STRENGTH = 4;

  private static final int DECAY = 5;

  /** Threshold at rest, leak, reset and initial value. */
  private final IntegerNeuron membrane;

  /** g: one for all neurons, or one per channel. */
  private final int[] strengths;

  /** h: one for all neurons, or one per channel. */
  private final int[] decays;

  /**
   * A neuron.
   *
   * @param membrane threshold at rest, leak, reset and initial value of the membrane potential
   * @param strengths g, what a spike adds to the threshold: one for all neurons, or one per
   *     channel; from 0 to 2²⁴
   * @param decays h, the share of the adaptation kept from step to step, in 4096ths: one for all
   *     neurons, or one per channel; from 1 to {@value IntegerNeuron#NO_LEAK}
   * @throws IllegalArgumentException if a number is invalid
   */
  public IntegerAdaptiveNeuron(IntegerNeuron membrane, int[] strengths, int[] decays) {
    this.membrane = Require.given("membrane of an adaptive neuron", membrane);
    this.strengths = IntegerNeuron.checked("adaptation strengths", strengths, 0, MOST);
    this.decays = IntegerNeuron.checked("adaptation decays", decays, 1, IntegerNeuron.NO_LEAK);
  }

  /** {@return threshold at rest, leak, reset and initial value of the membrane potential} */
  public IntegerNeuron membrane() {
    return membrane;
  }

  /** {@return g, what a spike adds to the threshold; one for all neurons, or one per channel} */
  public int[] strengths() {
    return strengths.clone();
  }

  /** {@return h, the share of the adaptation kept, in 4096ths; one, or one per channel} */
  public int[] decays() {
    return decays.clone();
  }

  @Override
  public List<StateVariable> variables() {
    return List.of(membrane.variables().get(0), new StateVariable("adaptation", 0));
  }

  @Override
  public List<NeuronParameter> parameters() {
    List<NeuronParameter> parameters = new ArrayList<>(membrane.parameters());
    parameters.add(IntegerNeuron.parameter(NeuronParameter.ADAPTATION_STRENGTH, strengths));
    parameters.add(IntegerNeuron.parameter(NeuronParameter.ADAPTATION_DECAY, decays));
    return parameters;
  }

  /** The largest threshold at rest of all channels. */
  @Override
  public double threshold() {
    return membrane.threshold();
  }

  @Override
  public void excess(Neurons neurons, float[] excess) {
    membrane.excess(neurons, excess);
    float[] a = neurons.variable(ADAPTATION);
    for (int i = 0; i < a.length; i++) {
      excess[i] -= a[i];
    }
  }

  @Override
  public void compare(Neurons neurons, float[] potential, float[] threshold) {
    membrane.compare(neurons, potential, threshold);
    float[] a = neurons.variable(ADAPTATION);
    for (int i = 0; i < a.length; i++) {
      threshold[i] += a[i];
    }
  }

  @Override
  public void reset(Neurons neurons) {
    float[] u = neurons.variable(MEMBRANE);
    float[] a = neurons.variable(ADAPTATION);
    float[] g = neurons.parameter(STRENGTH);
    float[] h = neurons.parameter(DECAY);
    for (int k = 0; membrane.isSubtractive() && k < neurons.firedCount(); k++) {
      u[neurons.fired(k)] -= a[neurons.fired(k)];
    }
    membrane.reset(neurons, u);
    for (int i = 0; i < a.length; i++) {
      a[i] = IntegerNeuron.kept(a[i], h[i]);
    }
    for (int k = 0; k < neurons.firedCount(); k++) {
      a[neurons.fired(k)] += g[neurons.fired(k)];
    }
  }

  @Override
  public boolean keepsExcessAtReset() {
    return membrane.keepsExcessAtReset();
  }

  /** Adaptation is not a reset: it carries the neuron's memory, and gradients go through it. */
  @Override
  public boolean isResetBySpike(int variable) {
    return variable == MEMBRANE;
  }

  @Override
  public void differentiate(LocalDerivatives at) {
    double[] u = at.variable(MEMBRANE);
    double[] a = at.variable(ADAPTATION);
    double taken = membrane.isSubtractive() ? 1 : 0;
    for (int i = 0; i < at.count(); i++) {
      at.excess(MEMBRANE)[i] = 1;
      at.excess(ADAPTATION)[i] = -1;
      at.reset(MEMBRANE, MEMBRANE)[i] = membrane.keptAt(at, u[i], i);
      at.reset(MEMBRANE, ADAPTATION)[i] = -taken * at.spikes()[i];
      at.resetBySpike(MEMBRANE)[i] = membrane.bySpike(at, u[i], i) - taken * a[i];
      at.leak(MEMBRANE)[i] = at.parameter(IntegerNeuron.LEAK)[i] / IntegerNeuron.NO_LEAK;
      at.reset(ADAPTATION, ADAPTATION)[i] = at.parameter(DECAY)[i] / IntegerNeuron.NO_LEAK;
      at.resetBySpike(ADAPTATION)[i] = at.parameter(STRENGTH)[i];
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IntegerAdaptiveNeuron that
        && membrane.equals(that.membrane)
        && Arrays.equals(strengths, that.strengths)
        && Arrays.equals(decays, that.decays);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * membrane.hashCode() + Arrays.hashCode(strengths)) + Arrays.hashCode(decays);
  }

  @Override
  public String toString() {
    return membrane
        + ", adaptation of strength "
        + IntegerNeuron.text(strengths)
        + " and decay "
        + IntegerNeuron.text(decays)
        + "/4096";
  }
}
