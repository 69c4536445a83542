package org.dl4jsnn.examples.guide;

import java.util.List;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.LocalDerivatives;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.StateVariable;
import org.nd4j.shade.jackson.annotation.JsonProperty;

// begin neuron
/**
 * A neuron that tires: every spike raises its threshold, which falls back from step to step.
 *
 * <pre>
 *  charge  u ← u + c              done by the engine
 *  fire    s = 1 where u - (θ + a) &gt; 0
 *  reset   u ← u - (θ + a) · s
 *  tire    a ← decay · a + rise · s
 * </pre>
 *
 * Source of the idea: Bellec et al., "Long short-term memory and Learning-to-learn in networks of
 * spiking neurons", NeurIPS 2018.
 *
 * @param threshold θ, of a neuron that has rested
 * @param rise what a spike adds to the threshold
 * @param decay the share of a that is left after a step
 */
public record AdaptiveThreshold(
    @JsonProperty("threshold") double threshold,
    @JsonProperty("rise") double rise,
    @JsonProperty("decay") double decay)
    implements DifferentiableDynamics {

  private static final long serialVersionUID = 1L;

  private static final int MEMBRANE = 0;
  private static final int ADAPTATION = 1;

  @Override
  public List<StateVariable> variables() {
    return List.of(
        new StateVariable(StateVariable.MEMBRANE, 0), new StateVariable("adaptation", 0));
  }

  @Override
  public void excess(Neurons neurons, float[] excess) {
    float[] u = neurons.variable(MEMBRANE);
    float[] a = neurons.variable(ADAPTATION);
    for (int i = 0; i < neurons.count(); i++) {
      excess[i] = u[i] - ((float) threshold + a[i]);
    }
  }

  @Override
  public void reset(Neurons neurons) {
    float[] u = neurons.variable(MEMBRANE);
    float[] a = neurons.variable(ADAPTATION);
    for (int k = 0; k < neurons.firedCount(); k++) {
      int i = neurons.fired(k);
      u[i] -= (float) threshold + a[i];
    }
    for (int i = 0; i < neurons.count(); i++) {
      a[i] *= (float) decay;
    }
    for (int k = 0; k < neurons.firedCount(); k++) {
      a[neurons.fired(k)] += (float) rise;
    }
  }

  // end neuron
  // begin derivatives
  @Override
  public void differentiate(LocalDerivatives at) {
    for (int i = 0; i < at.count(); i++) {
      double s = at.spikes()[i];
      at.excess(MEMBRANE)[i] = 1;
      at.excess(ADAPTATION)[i] = -1;
      at.reset(MEMBRANE, MEMBRANE)[i] = 1;
      at.reset(MEMBRANE, ADAPTATION)[i] = -s;
      at.resetBySpike(MEMBRANE)[i] = -(threshold + at.variable(ADAPTATION)[i]);
      at.reset(ADAPTATION, ADAPTATION)[i] = decay;
      at.resetBySpike(ADAPTATION)[i] = rise;
    }
  }

  @Override
  public boolean keepsExcessAtReset() {
    return true;
  }
  // end derivatives
}
