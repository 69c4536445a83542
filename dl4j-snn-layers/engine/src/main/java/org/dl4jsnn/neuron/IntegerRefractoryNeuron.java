package org.dl4jsnn.neuron;

import java.util.List;
import org.dl4jsnn.internal.Require;

/**
 * A {@link RefractoryNeuron} in whole numbers, for digital chips and microcontrollers: an {@link
 * IntegerNeuron} that neither fires nor takes input for some steps after a spike (equations 39 and
 * 75 of docs/mathematics.md). Exact up to 2²⁴. Meant for inference, as it is. Immutable.
 */
public final class IntegerRefractoryNeuron implements DifferentiableDynamics {

  private static final long serialVersionUID = 1L;
  private static final int MOST_STEPS = 1 << 24;

  /** Any number below 0. */
  private static final float REFRACTORY = -1;

  /** Indices of the variables. */
  private static final int MEMBRANE = 0;

  /** The membrane potential before charging, which a refractory neuron returns to. */
  private static final int UNCHARGED = 1;

  private static final int STEPS_LEFT = 2;

  /** Threshold, leak, reset, initial value and floor. */
  private final IntegerNeuron membrane;

  /** N. */
  private final int refractorySteps;

  /**
   * A neuron.
   *
   * @param membrane threshold, leak, reset, initial value and floor of the membrane potential
   * @param refractorySteps N, steps without a spike after each spike; from 1 to 16,777,216
   * @throws IllegalArgumentException if a number is invalid
   */
  public IntegerRefractoryNeuron(IntegerNeuron membrane, int refractorySteps) {
    this.membrane = Require.given("membrane of a refractory neuron", membrane);
    int[] steps = {refractorySteps};
    this.refractorySteps = IntegerNeuron.checked("refractory steps", steps, 1, MOST_STEPS)[0];
  }

  /** {@return threshold, leak, reset, initial value and floor of the membrane potential} */
  public IntegerNeuron membrane() {
    return membrane;
  }

  /** {@return N, steps without a spike after each spike} */
  public int refractorySteps() {
    return refractorySteps;
  }

  @Override
  public List<StateVariable> variables() {
    return List.of(
        membrane.variables().get(0),
        new StateVariable("membrane before charging", 0),
        new StateVariable("refractory steps left", 0));
  }

  @Override
  public List<NeuronParameter> parameters() {
    return membrane.parameters();
  }

  /** The largest threshold of all channels. */
  @Override
  public double threshold() {
    return membrane.threshold();
  }

  /** A refractory neuron counts as below its threshold, whatever its membrane and threshold. */
  @Override
  public void excess(Neurons neurons, float[] excess) {
    membrane.excess(neurons, excess);
    float[] left = neurons.variable(STEPS_LEFT);
    for (int i = 0; i < left.length; i++) {
      excess[i] = left[i] > 0 ? REFRACTORY : excess[i];
    }
  }

  @Override
  public void reset(Neurons neurons) {
    RefractoryNeuron.reset(neurons, refractorySteps, u -> membrane.reset(neurons, u));
  }

  @Override
  public boolean keepsExcessAtReset() {
    return membrane.keepsExcessAtReset();
  }

  @Override
  public void differentiate(LocalDerivatives at) {
    double[] charged = at.variable(MEMBRANE);
    double[] uncharged = at.variable(UNCHARGED);
    double[] left = at.variable(STEPS_LEFT);
    for (int i = 0; i < at.count(); i++) {
      double awake = left[i] > 0 ? 0 : 1;
      double u = left[i] > 0 ? uncharged[i] : charged[i];
      double kept = membrane.keptAt(at, u, i);
      double leak = at.parameter(IntegerNeuron.LEAK)[i] / IntegerNeuron.NO_LEAK;
      for (int variable = MEMBRANE; variable <= UNCHARGED; variable++) {
        at.reset(variable, MEMBRANE)[i] = awake * kept;
        at.reset(variable, UNCHARGED)[i] = (1 - awake) * kept;
        at.resetBySpike(variable)[i] = awake * membrane.bySpike(at, u, i);
        at.leak(variable)[i] = leak;
      }
      at.excess(MEMBRANE)[i] = awake;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IntegerRefractoryNeuron that
        && membrane.equals(that.membrane)
        && refractorySteps == that.refractorySteps;
  }

  @Override
  public int hashCode() {
    return 31 * membrane.hashCode() + refractorySteps;
  }

  @Override
  public String toString() {
    return membrane + ", refractory for " + refractorySteps + " steps";
  }
}
