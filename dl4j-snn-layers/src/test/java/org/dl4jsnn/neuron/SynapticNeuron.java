package org.dl4jsnn.neuron;

import java.util.List;

/**
 * A neuron of two variables, with thresholds of every channel's own: the current charges a synaptic
 * current i, which charges the membrane potential u.
 *
 * <pre>
 *  fire    s = 1 where u + i &gt; θ
 *  reset   u ← β · (u + i - θ · s),   i ← α · i
 * </pre>
 *
 * @param thresholds θ of every channel
 * @param alpha α
 * @param beta β
 */
public record SynapticNeuron(double[] thresholds, double alpha, double beta)
    implements DifferentiableDynamics {

  private static final long serialVersionUID = 1L;
  private static final int CURRENT = 0;
  private static final int MEMBRANE = 1;
  private static final int THRESHOLD = 0;

  /** Thresholds from 0.5 up, in steps of 1/16. */
  public static SynapticNeuron ofChannels(int channels, double alpha, double beta) {
    double[] thresholds = new double[channels];
    for (int channel = 0; channel < channels; channel++) {
      thresholds[channel] = 0.5 + channel % 16 / 16.0;
    }
    return new SynapticNeuron(thresholds, alpha, beta);
  }

  @Override
  public List<StateVariable> variables() {
    return List.of(
        new StateVariable("current", 0), new StateVariable(StateVariable.MEMBRANE, 0.125));
  }

  @Override
  public List<NeuronParameter> parameters() {
    return List.of(NeuronParameter.ofChannels("threshold", thresholds));
  }

  @Override
  public double threshold() {
    return thresholds[0];
  }

  @Override
  public void excess(Neurons neurons, float[] excess) {
    float[] theta = neurons.parameter(THRESHOLD);
    for (int i = 0; i < neurons.count(); i++) {
      excess[i] = neurons.variable(MEMBRANE)[i] + neurons.variable(CURRENT)[i] - theta[i];
    }
  }

  @Override
  public void reset(Neurons neurons) {
    float[] current = neurons.variable(CURRENT);
    float[] u = neurons.variable(MEMBRANE);
    for (int i = 0; i < neurons.count(); i++) {
      u[i] += current[i];
    }
    for (int k = 0; k < neurons.firedCount(); k++) {
      u[neurons.fired(k)] -= neurons.parameter(THRESHOLD)[neurons.fired(k)];
    }
    for (int i = 0; i < neurons.count(); i++) {
      u[i] *= (float) beta;
      current[i] *= (float) alpha;
    }
  }

  @Override
  public void differentiate(LocalDerivatives at) {
    for (int i = 0; i < at.count(); i++) {
      at.excess(CURRENT)[i] = 1;
      at.excess(MEMBRANE)[i] = 1;
      at.reset(CURRENT, CURRENT)[i] = 1;
      at.leak(CURRENT)[i] = alpha;
      at.reset(MEMBRANE, CURRENT)[i] = 1;
      at.reset(MEMBRANE, MEMBRANE)[i] = 1;
      at.resetBySpike(MEMBRANE)[i] = -at.parameter(THRESHOLD)[i];
      at.leak(MEMBRANE)[i] = beta;
    }
  }

  @Override
  public boolean keepsExcessAtReset() {
    return true;
  }

  @Override
  public String toString() {
    return "SynapticNeuron " + alpha + ", " + beta;
  }
}
