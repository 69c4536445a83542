package org.dl4jsnn.neuron;

import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.Require;

/**
 * A neuron with an adaptive threshold (ALIF): every spike raises its threshold, which falls back
 * from step to step (equation 38 of docs/mathematics.md). One step, for every neuron of a layer:
 *
 * <pre>{@code
 * SpikingNeuron membrane = SpikingNeuron.leakyIntegrateAndFire(1, 0.9);
 * AdaptiveNeuron adaptive = new AdaptiveNeuron(membrane, 0.2, 0.95); // remembers some 20 steps
 * SpikingDense layer = new SpikingDense.Builder().nOut(100).neuron(adaptive).build();
 * }</pre>
 *
 * <pre>
 *  charge  u ← u + c
 *  fire    s = 1 if u &gt; θ + γ · a
 *  reset   of u; see {@link Reset}. By subtraction it subtracts θ + γ · a
 *  leak    u ← λ · u
 *  adapt   a ← ϱ · a + s
 * </pre>
 *
 * with a the adaptation, which begins at 0, γ its strength, ϱ the share of it kept from step to
 * step, and θ, λ and the reset as in {@link SpikingNeuron}. At a firing rate r the threshold
 * settles at θ + γ · r/(1 − ϱ). Immutable.
 *
 * <p>Source: Bellec et al., "Long short-term memory and learning-to-learn in networks of spiking
 * neurons", NeurIPS 2018, arXiv 1803.09574; a grows by 1 per spike as in their "A solution to the
 * learning dilemma for recurrent networks of spiking neurons", Nature Communications 2020.
 *
 * @param membrane threshold at rest, leak, reset and initial value of the membrane potential
 * @param adaptationStrength γ, what a spike adds to the threshold; positive and finite
 * @param adaptationDecay ϱ, the share of the adaptation kept from step to step; in (0, 1]
 * @serial exclude
 */
public record AdaptiveNeuron(
    SpikingNeuron membrane, double adaptationStrength, double adaptationDecay)
    implements DifferentiableDynamics {

  /** Indices of the variables. */
  private static final int MEMBRANE = 0;

  private static final int ADAPTATION = 1;

  /** Indices of the parameters, after those of the membrane. */
  private static final int STRENGTH = 3;

  private static final int DECAY = 4;

  /**
   * Creates a neuron.
   *
   * @param membrane threshold at rest, leak, reset and initial value of the membrane potential
   * @param adaptationStrength γ, what a spike adds to the threshold; positive and finite
   * @param adaptationDecay ϱ, the share of the adaptation kept from step to step; in (0, 1]
   * @throws IllegalArgumentException if a parameter is invalid
   */
  public AdaptiveNeuron {
    Require.given("membrane of an adaptive neuron", membrane);
    Require.positiveFinite(NeuronParameter.ADAPTATION_STRENGTH, adaptationStrength);
    Require.finite(
        NeuronParameter.ADAPTATION_STRENGTH + " in single precision", (float) adaptationStrength);
    Require.fraction(NeuronParameter.ADAPTATION_DECAY, adaptationDecay);
  }

  /** θ, for a neuron at rest. */
  @Override
  public double threshold() {
    return membrane.threshold();
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
  public List<StateVariable> variables() {
    return List.of(
        new StateVariable(StateVariable.MEMBRANE, membrane.initialMembrane()),
        new StateVariable("adaptation", 0));
  }

  @Override
  public List<NeuronParameter> parameters() {
    List<NeuronParameter> parameters = new ArrayList<>(membrane.parameters());
    parameters.add(
        NeuronParameter.ofLayer(NeuronParameter.ADAPTATION_STRENGTH, adaptationStrength)
            .within(0, Double.POSITIVE_INFINITY));
    parameters.add(
        NeuronParameter.ofLayer(NeuronParameter.ADAPTATION_DECAY, adaptationDecay).within(0, 1));
    return parameters;
  }

  @Override
  public void excess(Neurons neurons, float[] excess) {
    float[] u = neurons.variable(MEMBRANE);
    float[] a = neurons.variable(ADAPTATION);
    float[] theta = neurons.parameter(SpikingNeuron.THRESHOLD);
    float[] gamma = neurons.parameter(STRENGTH);
    for (int i = 0; i < u.length; i++) {
      excess[i] = u[i] - (theta[i] + gamma[i] * a[i]);
    }
  }

  @Override
  public void compare(Neurons neurons, float[] membrane, float[] threshold) {
    float[] u = neurons.variable(MEMBRANE);
    float[] a = neurons.variable(ADAPTATION);
    float[] theta = neurons.parameter(SpikingNeuron.THRESHOLD);
    float[] gamma = neurons.parameter(STRENGTH);
    for (int i = 0; i < u.length; i++) {
      membrane[i] = u[i];
      threshold[i] = theta[i] + gamma[i] * a[i];
    }
  }

  @Override
  public void reset(Neurons neurons) {
    float[] u = neurons.variable(MEMBRANE);
    float[] a = neurons.variable(ADAPTATION);
    float[] gamma = neurons.parameter(STRENGTH);
    float[] kept = neurons.parameter(DECAY);
    for (int k = 0; membrane.reset().isSubtractive() && k < neurons.firedCount(); k++) {
      int i = neurons.fired(k);
      u[i] -= gamma[i] * a[i];
    }
    membrane.reset(neurons, u);
    for (int i = 0; i < a.length; i++) {
      a[i] *= kept[i];
    }
    for (int k = 0; k < neurons.firedCount(); k++) {
      a[neurons.fired(k)] += 1;
    }
  }

  /** γ if a spike subtracts the raised threshold, 0 if it sets the membrane to a value. */
  private double takenOff(double gamma) {
    return membrane.reset().isSubtractive() ? gamma : 0;
  }

  @Override
  public void differentiate(LocalDerivatives at) {
    double[] u = at.variable(MEMBRANE);
    double[] a = at.variable(ADAPTATION);
    double[] s = at.spikes();
    double[] gamma = at.parameter(STRENGTH);
    for (int i = 0; i < at.count(); i++) {
      double taken = takenOff(gamma[i]);
      at.excess(MEMBRANE)[i] = 1;
      at.excess(ADAPTATION)[i] = -gamma[i];
      at.reset(MEMBRANE, MEMBRANE)[i] = membrane.keptAt(s[i]);
      at.reset(MEMBRANE, ADAPTATION)[i] = -taken * s[i];
      at.resetBySpike(MEMBRANE)[i] = membrane.bySpike(at, u[i], i) - taken * a[i];
      at.leak(MEMBRANE)[i] = at.parameter(SpikingNeuron.LEAK)[i];
      at.reset(ADAPTATION, ADAPTATION)[i] = at.parameter(DECAY)[i];
      at.resetBySpike(ADAPTATION)[i] = 1;
    }
  }

  @Override
  public void differentiateByParameters(LocalDerivatives at) {
    double[] u = at.variable(MEMBRANE);
    double[] a = at.variable(ADAPTATION);
    double[] s = at.spikes();
    double[] gamma = at.parameter(STRENGTH);
    double[] lambda = at.parameter(SpikingNeuron.LEAK);
    for (int i = 0; i < at.count(); i++) {
      membrane.byParameters(at, MEMBRANE, u[i], i);
      at.leftByParameter(MEMBRANE, SpikingNeuron.LEAK)[i] -= takenOff(gamma[i]) * a[i] * s[i];
      at.excessByParameter(STRENGTH)[i] = -a[i];
      at.leftByParameter(MEMBRANE, STRENGTH)[i] = -lambda[i] * takenOff(1) * a[i] * s[i];
      at.leftByParameter(ADAPTATION, DECAY)[i] = a[i];
    }
  }

  @Override
  public String toString() {
    return membrane
        + ", adaptation of strength "
        + adaptationStrength
        + " and decay "
        + adaptationDecay;
  }
}
