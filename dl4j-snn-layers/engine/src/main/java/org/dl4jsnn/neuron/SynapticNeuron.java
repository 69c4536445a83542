package org.dl4jsnn.neuron;

import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.Require;

/**
 * A current-based neuron of second order (CUBA): the input charges a synaptic current, which decays
 * and charges the membrane (equation 37 of docs/mathematics.md). One step, for every neuron of a
 * layer:
 *
 * <pre>{@code
 * SpikingNeuron membrane = SpikingNeuron.leakyIntegrateAndFire(1, 0.9);
 * SpikingDense layer =
 *     new SpikingDense.Builder().nOut(100).neuron(new SynapticNeuron(membrane, 0.7)).build();
 * }</pre>
 *
 * <pre>
 *  charge  i ← i + c            c the current of the step
 *          u ← u + i
 *  fire    s = 1 if u &gt; θ       strictly greater
 *  reset   of u; see {@link Reset}
 *  leak    u ← λ · u,  i ← β · i
 * </pre>
 *
 * with i the synaptic current, β the share of it kept from step to step, and θ, λ and the reset as
 * in {@link SpikingNeuron}. The reset does not change the synaptic current. A single spike charges
 * the membrane by a total of 1/(1 − β) times its weight. Immutable.
 *
 * <p>Source: Gerstner and Kistler, "Spiking Neuron Models", Cambridge University Press 2002,
 * section 4.1; in discrete time as in Zenke and Ganguli, "SuperSpike", Neural Computation 2018,
 * arXiv 1705.11146.
 *
 * @param membrane threshold, leak, reset and initial value of the membrane potential
 * @param synapticDecay β, the share of the synaptic current kept from step to step; in (0, 1]
 * @serial exclude
 */
public record SynapticNeuron(SpikingNeuron membrane, double synapticDecay)
    implements DifferentiableDynamics {

  /** Indices of the variables: the first takes the current. */
  private static final int CURRENT = 0;

  private static final int MEMBRANE = 1;

  /** Index of the parameter, after those of the membrane. */
  private static final int DECAY = 3;

  /**
   * Creates a neuron.
   *
   * @param membrane threshold, leak, reset and initial value of the membrane potential
   * @param synapticDecay β, the share of the synaptic current kept from step to step; in (0, 1]
   * @throws IllegalArgumentException if a parameter is invalid
   */
  public SynapticNeuron {
    Require.given("membrane of a synaptic neuron", membrane);
    Require.fraction(NeuronParameter.SYNAPTIC_DECAY, synapticDecay);
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
        new StateVariable("synaptic current", 0),
        new StateVariable(StateVariable.MEMBRANE, membrane.initialMembrane()));
  }

  @Override
  public List<NeuronParameter> parameters() {
    List<NeuronParameter> parameters = new ArrayList<>(membrane.parameters());
    parameters.add(
        NeuronParameter.ofLayer(NeuronParameter.SYNAPTIC_DECAY, synapticDecay).within(0, 1));
    return parameters;
  }

  @Override
  public void excess(Neurons neurons, float[] excess) {
    float[] current = neurons.variable(CURRENT);
    float[] u = neurons.variable(MEMBRANE);
    float[] theta = neurons.parameter(SpikingNeuron.THRESHOLD);
    for (int i = 0; i < u.length; i++) {
      excess[i] = u[i] + current[i] - theta[i];
    }
  }

  @Override
  public void compare(Neurons neurons, float[] membrane, float[] threshold) {
    float[] current = neurons.variable(CURRENT);
    float[] u = neurons.variable(MEMBRANE);
    float[] theta = neurons.parameter(SpikingNeuron.THRESHOLD);
    for (int i = 0; i < u.length; i++) {
      membrane[i] = u[i] + current[i];
      threshold[i] = theta[i];
    }
  }

  @Override
  public void reset(Neurons neurons) {
    float[] current = neurons.variable(CURRENT);
    float[] u = neurons.variable(MEMBRANE);
    float[] beta = neurons.parameter(DECAY);
    for (int i = 0; i < u.length; i++) {
      u[i] += current[i];
      current[i] *= beta[i];
    }
    membrane.reset(neurons, u);
  }

  @Override
  public void differentiate(LocalDerivatives at) {
    double[] current = at.variable(CURRENT);
    double[] u = at.variable(MEMBRANE);
    double[] s = at.spikes();
    for (int i = 0; i < at.count(); i++) {
      double kept = membrane.keptAt(s[i]);
      at.excess(CURRENT)[i] = 1;
      at.excess(MEMBRANE)[i] = 1;
      at.reset(CURRENT, CURRENT)[i] = 1;
      at.reset(MEMBRANE, CURRENT)[i] = kept;
      at.reset(MEMBRANE, MEMBRANE)[i] = kept;
      at.resetBySpike(MEMBRANE)[i] = membrane.bySpike(at, u[i] + current[i], i);
      at.leak(CURRENT)[i] = at.parameter(DECAY)[i];
      at.leak(MEMBRANE)[i] = at.parameter(SpikingNeuron.LEAK)[i];
    }
  }

  @Override
  public void differentiateByParameters(LocalDerivatives at) {
    double[] current = at.variable(CURRENT);
    double[] u = at.variable(MEMBRANE);
    for (int i = 0; i < at.count(); i++) {
      membrane.byParameters(at, MEMBRANE, u[i] + current[i], i);
      at.leftByParameter(CURRENT, DECAY)[i] = current[i];
    }
  }

  @Override
  public String toString() {
    return membrane + ", synaptic decay " + synapticDecay;
  }
}
