package org.dl4jsnn.examples.guide;

import java.util.List;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.LocalDerivatives;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.StateVariable;

// begin neuron
/**
 * A neuron that responds to a rhythm: its state (x, y) rotates by an angle ω at every step, so
 * currents add up if they arrive once per turn.
 *
 * <pre>
 *  charge  x ← x + c                            done by the engine
 *  fire    s = 1 where y - θ &gt; 0
 *  reset   x, y ← 0 where s = 1
 *  turn    x ← d · (x cos ω - y sin ω),   y ← d · (x sin ω + y cos ω)
 * </pre>
 *
 * Source of the idea: Izhikevich, "Resonate-and-fire neurons", Neural Networks 2001.
 *
 * @param threshold θ
 * @param angle ω, radians per step
 * @param decay d, the share of the state kept per step
 */
public record ResonateAndFire(double threshold, double angle, double decay)
    implements DifferentiableDynamics {

  private static final long serialVersionUID = 1L;

  // Indices of variables.
  private static final int X = 0;
  private static final int Y = 1;

  // Indices of parameters.
  private static final int THRESHOLD = 0;
  private static final int ANGLE = 1;

  @Override
  public List<StateVariable> variables() {
    return List.of(new StateVariable("x", 0), new StateVariable("y", 0));
  }

  @Override
  public void excess(Neurons neurons, float[] excess) {
    float[] y = neurons.variable(Y);
    float[] theta = neurons.parameter(THRESHOLD);
    for (int i = 0; i < neurons.count(); i++) {
      excess[i] = y[i] - theta[i];
    }
  }

  @Override
  public void reset(Neurons neurons) {
    float[] x = neurons.variable(X);
    float[] y = neurons.variable(Y);
    float[] omega = neurons.parameter(ANGLE);
    for (int k = 0; k < neurons.firedCount(); k++) {
      x[neurons.fired(k)] = 0;
      y[neurons.fired(k)] = 0;
    }
    for (int i = 0; i < neurons.count(); i++) {
      float cos = (float) (decay * Math.cos(omega[i]));
      float sin = (float) (decay * Math.sin(omega[i]));
      float turned = x[i] * cos - y[i] * sin;
      y[i] = x[i] * sin + y[i] * cos;
      x[i] = turned;
    }
  }

  // end neuron

  // begin parameters
  @Override
  public List<NeuronParameter> parameters() {
    return List.of(
        NeuronParameter.ofLayer(NeuronParameter.THRESHOLD, threshold)
            .within(0, Double.POSITIVE_INFINITY),
        NeuronParameter.ofLayer("angle", angle).within(0, Math.PI));
  }

  @Override
  public void differentiateByParameters(LocalDerivatives at) {
    for (int i = 0; i < at.count(); i++) {
      double kept = decay * (1 - at.spikes()[i]);
      double cos = kept * Math.cos(at.parameter(ANGLE)[i]);
      double sin = kept * Math.sin(at.parameter(ANGLE)[i]);
      double x = at.variable(X)[i];
      double y = at.variable(Y)[i];
      at.excessByParameter(THRESHOLD)[i] = -1;
      at.leftByParameter(X, ANGLE)[i] = -x * sin - y * cos;
      at.leftByParameter(Y, ANGLE)[i] = x * cos - y * sin;
    }
  }

  // end parameters

  // begin derivatives
  @Override
  public void differentiate(LocalDerivatives at) {
    for (int i = 0; i < at.count(); i++) {
      double rest = 1 - at.spikes()[i];
      double cos = Math.cos(at.parameter(ANGLE)[i]);
      double sin = Math.sin(at.parameter(ANGLE)[i]);
      at.excess(Y)[i] = 1;
      at.reset(X, X)[i] = rest * cos;
      at.reset(X, Y)[i] = -rest * sin;
      at.reset(Y, X)[i] = rest * sin;
      at.reset(Y, Y)[i] = rest * cos;
      at.resetBySpike(X)[i] = -(at.variable(X)[i] * cos - at.variable(Y)[i] * sin);
      at.resetBySpike(Y)[i] = -(at.variable(X)[i] * sin + at.variable(Y)[i] * cos);
      at.leak(X)[i] = decay;
      at.leak(Y)[i] = decay;
    }
  }
  // end derivatives
}
