package org.dl4jsnn.neuron;

import java.util.List;
import java.util.function.Consumer;
import org.dl4jsnn.internal.Require;

/**
 * A (leaky) integrate-and-fire neuron with a refractory period: for a number of steps after a spike
 * it neither fires nor takes input (equation 39 of docs/mathematics.md). Currents that arrive in
 * these steps are lost. The membrane starts from its reset value and keeps leaking.
 *
 * <pre>{@code
 * SpikingNeuron membrane = SpikingNeuron.integrateAndFire(1);
 * RefractoryNeuron rests = new RefractoryNeuron(membrane, 2); // fires at a rate of at most 1/3
 * SpikingDense layer = new SpikingDense.Builder().nOut(100).neuron(rests).build();
 * }</pre>
 *
 * <pre>
 *            if n = 0                       if n &gt; 0
 *  charge    u ← u + c                      c is lost
 *  fire      s = 1 if u &gt; θ                 s = 0
 *  reset     of u; see {@link Reset}
 *  leak      u ← λ · u                      u ← λ · u
 *  count     n ← N if s = 1                 n ← n − 1
 * </pre>
 *
 * with N the refractory steps, n the number of them left, and θ, λ and the reset as in {@link
 * SpikingNeuron}. The highest rate is 1/(N + 1). Gradients treat n as constant. Immutable.
 *
 * <p>Source: Gerstner and Kistler, "Spiking Neuron Models", Cambridge University Press 2002,
 * section 4.1 (absolute refractoriness).
 *
 * @param membrane threshold, leak, reset and initial value of the membrane potential
 * @param refractorySteps N, steps without a spike after each spike; from 1 to 16,777,216
 * @serial exclude
 */
public record RefractoryNeuron(SpikingNeuron membrane, int refractorySteps)
    implements DifferentiableDynamics {

  /** The largest count that single precision holds exactly. */
  private static final int MOST_STEPS = 1 << 24;

  /** Any number below 0. */
  private static final float REFRACTORY = -1;

  /** Indices of the variables. */
  private static final int MEMBRANE = 0;

  /** The membrane potential before charging, which a refractory neuron returns to. */
  private static final int UNCHARGED = 1;

  private static final int STEPS_LEFT = 2;

  /**
   * Creates a neuron.
   *
   * @param membrane threshold, leak, reset and initial value of the membrane potential
   * @param refractorySteps N, steps without a spike after each spike; from 1 to 16,777,216
   * @throws IllegalArgumentException if a parameter is invalid
   */
  public RefractoryNeuron {
    Require.given("membrane of a refractory neuron", membrane);
    Require.atLeast("refractory steps", refractorySteps, 1);
    Require.not(
        refractorySteps > MOST_STEPS,
        "refractory steps must be at most %s, got %s",
        MOST_STEPS,
        refractorySteps);
  }

  @Override
  public double threshold() {
    return membrane.threshold();
  }

  @Override
  public boolean scalesWithThreshold() {
    return membrane.scalesWithThreshold();
  }

  @Override
  public boolean keepsExcessAtReset() {
    return membrane.keepsExcessAtReset();
  }

  @Override
  public List<StateVariable> variables() {
    return List.of(
        new StateVariable(StateVariable.MEMBRANE, membrane.initialMembrane()),
        new StateVariable("membrane before charging", membrane.initialMembrane()),
        new StateVariable("refractory steps left", 0));
  }

  @Override
  public List<NeuronParameter> parameters() {
    return membrane.parameters();
  }

  /** A refractory neuron counts as below its threshold, whatever its membrane and threshold. */
  @Override
  public void excess(Neurons neurons, float[] excess) {
    float[] u = neurons.variable(MEMBRANE);
    float[] left = neurons.variable(STEPS_LEFT);
    float[] theta = neurons.parameter(SpikingNeuron.THRESHOLD);
    for (int i = 0; i < u.length; i++) {
      excess[i] = left[i] > 0 ? REFRACTORY : u[i] - theta[i];
    }
  }

  /** While refractory, a neuron takes no input; it does not fire either, whatever is compared. */
  @Override
  public void compare(Neurons neurons, float[] membrane, float[] threshold) {
    float[] u = neurons.variable(MEMBRANE);
    float[] uncharged = neurons.variable(UNCHARGED);
    float[] left = neurons.variable(STEPS_LEFT);
    float[] theta = neurons.parameter(SpikingNeuron.THRESHOLD);
    for (int i = 0; i < u.length; i++) {
      membrane[i] = left[i] > 0 ? uncharged[i] : u[i];
      threshold[i] = theta[i];
    }
  }

  @Override
  public void reset(Neurons neurons) {
    reset(neurons, refractorySteps, u -> membrane.reset(neurons, u));
  }

  /** Counts steps, and resets membranes that are not refractory. */
  static void reset(Neurons neurons, int refractorySteps, Consumer<float[]> membrane) {
    float[] u = neurons.variable(MEMBRANE);
    float[] uncharged = neurons.variable(UNCHARGED);
    float[] left = neurons.variable(STEPS_LEFT);
    for (int i = 0; i < u.length; i++) {
      if (left[i] > 0) {
        u[i] = uncharged[i];
        left[i]--;
      }
    }
    for (int k = 0; k < neurons.firedCount(); k++) {
      left[neurons.fired(k)] = refractorySteps;
    }
    membrane.accept(u);
    System.arraycopy(u, 0, uncharged, 0, u.length);
  }

  @Override
  public void differentiate(LocalDerivatives at) {
    double[] u = at.variable(MEMBRANE);
    double[] s = at.spikes();
    double[] left = at.variable(STEPS_LEFT);
    double[] lambda = at.parameter(SpikingNeuron.LEAK);
    for (int i = 0; i < at.count(); i++) {
      double awake = left[i] > 0 ? 0 : 1;
      at.excess(MEMBRANE)[i] = awake;
      // The next step begins with two copies of the membrane.
      for (int k = MEMBRANE; k <= UNCHARGED; k++) {
        at.reset(k, MEMBRANE)[i] = awake * membrane.keptAt(s[i]);
        at.reset(k, UNCHARGED)[i] = 1 - awake;
        at.resetBySpike(k)[i] = awake * membrane.bySpike(at, u[i], i);
        at.leak(k)[i] = lambda[i];
      }
    }
  }

  @Override
  public void differentiateByParameters(LocalDerivatives at) {
    double[] u = at.variable(MEMBRANE);
    double[] uncharged = at.variable(UNCHARGED);
    double[] left = at.variable(STEPS_LEFT);
    for (int i = 0; i < at.count(); i++) {
      boolean refractory = left[i] > 0;
      for (int k = MEMBRANE; k <= UNCHARGED; k++) {
        membrane.byParameters(at, k, refractory ? uncharged[i] : u[i], i);
      }
      if (refractory) {
        at.excessByParameter(SpikingNeuron.THRESHOLD)[i] = 0;
      }
    }
  }

  @Override
  public String toString() {
    return membrane + ", refractory for " + refractorySteps + " steps";
  }
}
