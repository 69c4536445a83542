package org.dl4jsnn.neuron;

import java.util.List;
import org.dl4jsnn.internal.Require;

/**
 * A (leaky) integrate-and-fire neuron, defined by threshold, leak, reset and initial membrane. One
 * step, for every neuron of a layer (equations 2 to 5 of docs/mathematics.md):
 *
 * <pre>{@code
 * SpikingNeuron plain = SpikingNeuron.integrateAndFire(1);
 * SpikingNeuron leaky =
 *     SpikingNeuron.leakyIntegrateAndFire(1, 0.9).withReset(Reset.bySubtraction());
 * SpikingDense layer = new SpikingDense.Builder().nOut(100).neuron(leaky).build();
 * }</pre>
 *
 * <pre>
 *  charge  u ← u + c            c the current of the step
 *  fire    s = 1 if u &gt; θ       strictly greater
 *  reset   see {@link Reset}
 *  leak    u ← λ · u            after the reset; λ = 1 is the plain integrate-and-fire neuron
 * </pre>
 *
 * with u the membrane potential, θ the threshold and λ the leak. Immutable.
 *
 * @param threshold θ; positive and finite; a neuron fires if its membrane potential is greater
 * @param leak λ, the share of the membrane potential kept from step to step; in (0, 1]
 * @param reset what a spike does to the membrane; a hard reset's value is at most the threshold
 * @param initialMembrane the membrane potential before the first step; finite in single precision
 * @serial exclude
 */
public record SpikingNeuron(double threshold, double leak, Reset reset, double initialMembrane)
    implements DifferentiableDynamics {

  private static final int MEMBRANE = 0;

  /** Indices of the parameters. */
  static final int THRESHOLD = 0;

  static final int LEAK = 1;
  private static final int RESET_VALUE = 2;

  /**
   * Creates a neuron.
   *
   * @param threshold θ; positive and finite
   * @param leak λ, the share of the membrane potential kept from step to step; in (0, 1]
   * @param reset what a spike does to the membrane; a hard reset's value is at most the threshold
   * @param initialMembrane the membrane potential before the first step; finite in single precision
   * @throws IllegalArgumentException if a parameter is invalid
   */
  public SpikingNeuron {
    Require.positiveFinite("threshold", threshold);
    Require.positiveFinite("threshold in single precision", (float) threshold);
    Require.fraction("leak", leak);
    Require.given("reset", reset);
    Require.finite("initial membrane", initialMembrane);
    Require.finite("initial membrane in single precision", (float) initialMembrane);
    Require.not(
        reset.value() > threshold,
        "reset value must be at most the threshold %s, or the neuron fires at"
            + " every step; got %s",
        threshold,
        reset.value());
  }

  /**
   * {@return the plain integrate-and-fire neuron: no leak, hard reset to zero, membrane starting at
   * zero}
   *
   * @param threshold θ; positive and finite
   * @throws IllegalArgumentException if the threshold is invalid
   */
  public static SpikingNeuron integrateAndFire(double threshold) {
    return new SpikingNeuron(threshold, 1, Reset.toZero(), 0);
  }

  /**
   * {@return the leaky integrate-and-fire neuron: hard reset to zero, membrane starting at zero}
   *
   * @param threshold θ; positive and finite
   * @param leak λ, the share of the membrane potential kept from step to step; in (0, 1]
   * @throws IllegalArgumentException if a parameter is invalid
   */
  public static SpikingNeuron leakyIntegrateAndFire(double threshold, double leak) {
    return new SpikingNeuron(threshold, leak, Reset.toZero(), 0);
  }

  @Override
  public List<StateVariable> variables() {
    return List.of(new StateVariable(StateVariable.MEMBRANE, initialMembrane));
  }

  @Override
  public List<NeuronParameter> parameters() {
    return List.of(
        NeuronParameter.ofLayer(NeuronParameter.THRESHOLD, threshold)
            .within(Math.max(0, reset.value()), Double.POSITIVE_INFINITY),
        NeuronParameter.ofLayer(NeuronParameter.LEAK, leak).within(0, 1),
        NeuronParameter.ofLayer("reset value", reset.value()));
  }

  @Override
  public void excess(Neurons neurons, float[] excess) {
    float[] u = neurons.variable(MEMBRANE);
    float[] theta = neurons.parameter(THRESHOLD);
    for (int i = 0; i < u.length; i++) {
      excess[i] = u[i] - theta[i];
    }
  }

  @Override
  public void compare(Neurons neurons, float[] membrane, float[] threshold) {
    System.arraycopy(neurons.variable(MEMBRANE), 0, membrane, 0, neurons.count());
    System.arraycopy(neurons.parameter(THRESHOLD), 0, threshold, 0, neurons.count());
  }

  @Override
  public void reset(Neurons neurons) {
    reset(neurons, neurons.variable(MEMBRANE));
  }

  /** Resets the membranes of neurons that fired, and lets all leak. */
  void reset(Neurons neurons, float[] u) {
    float[] theta = neurons.parameter(THRESHOLD);
    float[] value = neurons.parameter(RESET_VALUE);
    for (int k = 0; k < neurons.firedCount(); k++) {
      int i = neurons.fired(k);
      u[i] = reset.isSubtractive() ? u[i] - theta[i] : value[i];
    }
    if (!neurons.isEverywhere(LEAK, 1)) {
      float[] lambda = neurons.parameter(LEAK);
      for (int i = 0; i < u.length; i++) {
        u[i] *= lambda[i];
      }
    }
  }

  @Override
  public boolean keepsExcessAtReset() {
    return reset.isSubtractive();
  }

  @Override
  public void differentiate(LocalDerivatives at) {
    double[] u = at.variable(MEMBRANE);
    double[] s = at.spikes();
    double[] theta = at.parameter(THRESHOLD);
    double[] lambda = at.parameter(LEAK);
    double[] value = at.parameter(RESET_VALUE);
    double[] ofExcess = at.excess(MEMBRANE);
    double[] ofReset = at.reset(MEMBRANE, MEMBRANE);
    double[] ofSpike = at.resetBySpike(MEMBRANE);
    double[] leaks = at.leak(MEMBRANE);
    // One branch-free formula for both resets, so that the JVM vectorises it.
    double hard = reset.isSubtractive() ? 0 : 1;
    double soft = 1 - hard;
    int count = at.count();
    for (int i = 0; i < count; i++) {
      ofExcess[i] = 1;
      ofReset[i] = 1 - hard * s[i];
      ofSpike[i] = hard * (value[i] - u[i]) - soft * theta[i];
      leaks[i] = lambda[i];
    }
  }

  @Override
  public void differentiateByParameters(LocalDerivatives at) {
    double[] u = at.variable(MEMBRANE);
    for (int i = 0; i < at.count(); i++) {
      byParameters(at, MEMBRANE, u[i], i);
    }
  }

  /** ∂ρ/∂u of a membrane whose neuron fired s. */
  double keptAt(double s) {
    return reset.isSubtractive() ? 1 : 1 - s;
  }

  /** ∂ρ/∂s of the charged membrane of neuron i. */
  double bySpike(LocalDerivatives at, double charged, int i) {
    return reset.isSubtractive()
        ? -at.parameter(THRESHOLD)[i]
        : at.parameter(RESET_VALUE)[i] - charged;
  }

  /** Derivatives of neuron i with respect to threshold and leak; variable k is the membrane. */
  void byParameters(LocalDerivatives at, int k, double charged, int i) {
    double s = at.spikes()[i];
    double taken = reset.isSubtractive() ? s : 0;
    at.excessByParameter(THRESHOLD)[i] = -1;
    at.leftByParameter(k, THRESHOLD)[i] = -at.parameter(LEAK)[i] * taken;
    at.leftByParameter(k, LEAK)[i] = charged + s * bySpike(at, charged, i);
  }

  @Override
  public boolean scalesWithThreshold() {
    return initialMembrane == 0 && reset.value() == 0;
  }

  /**
   * {@return the same neuron with another threshold}
   *
   * @param value θ; positive and finite
   * @throws IllegalArgumentException if the threshold is invalid
   */
  public SpikingNeuron withThreshold(double value) {
    return new SpikingNeuron(value, leak, reset, initialMembrane);
  }

  /**
   * {@return the same neuron with another reset}
   *
   * @param value what a spike does to the membrane
   * @throws IllegalArgumentException if a hard reset's value is above the threshold
   */
  public SpikingNeuron withReset(Reset value) {
    return new SpikingNeuron(threshold, leak, value, initialMembrane);
  }

  @Override
  public String toString() {
    return "threshold " + threshold + ", leak " + leak + ", reset " + reset;
  }
}
