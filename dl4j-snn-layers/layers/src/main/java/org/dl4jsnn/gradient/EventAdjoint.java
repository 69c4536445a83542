package org.dl4jsnn.gradient;

import java.util.Arrays;
import java.util.Optional;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.synapse.SimulatedWindow;

/**
 * The gradient of one sample by events. With a surrogate of compact support, the gradient of the
 * currents, δ[t] = ∂L/∂c[t], differs from λ·δ[t+1] only at active pairs of neuron and step, whose
 * membrane is near the threshold, and for hard resets at spikes. So the gradient of the inputs is
 * that of integrators that never fire, run backwards in time:
 *
 * <pre>
 *  e[t] = δ[t] − λ·δ[t+1]          G[t] = λ·G[t+1] + Wᵀe[t]
 * </pre>
 *
 * Scratch memory, one per task.
 */
final class EventAdjoint {

  private final SimulatedWindow window;
  private final Surrogate surrogate;
  private final MembraneReplay replay;
  private final StepGradient.Reader from;
  private final int steps;
  private final int count;
  private final float threshold;
  private final float leak;
  private final float resetValue;
  private final boolean hard;
  private final boolean attached;

  /** γ and ϱ of an adaptive threshold; γ is 0 without. */
  private final float strength;

  private final float kept;

  /** u of every step and neuron, and what adaptation adds to the threshold. */
  private final float[] membranes;

  private final float[] raised;

  /** The neurons that fired at every step, of resets that need to know them. */
  private int[] fired;

  private final int[] firstFired;

  /** Of a step, u − θ and then e; the surrogate gradients; and ∂L/∂s. */
  private final float[] changes;

  private final float[] derivatives;
  private final float[] gradient;
  private final float[] delta;

  /** ∂L/∂a of the adaptation. */
  private final float[] alpha;

  /** What δ[t + 1] sends back through recurrent weights. */
  private final float[] fed;

  private final SpikeEvents events;

  EventAdjoint(
      SimulatedWindow window,
      Surrogate surrogate,
      boolean detached,
      MembraneReplay replay,
      StepGradient.Reader from) {
    this.window = window;
    this.surrogate = surrogate;
    this.replay = replay;
    this.from = from;
    this.steps = window.input().steps();
    AdaptiveNeuron adaptive = window.neuron() instanceof AdaptiveNeuron given ? given : null;
    this.strength = adaptive == null ? 0 : (float) adaptive.adaptationStrength();
    this.kept = adaptive == null ? 0 : (float) adaptive.adaptationDecay();
    SpikingNeuron neuron = membrane(window.neuron()).orElseThrow();
    this.threshold = (float) neuron.threshold();
    this.leak = (float) neuron.leak();
    this.resetValue = (float) neuron.reset().value();
    this.hard = !neuron.reset().isSubtractive();
    this.attached = !detached;
    this.count = window.output().shape().neurons();
    int recorded = Math.multiplyExact(steps, count);
    this.membranes = new float[recorded];
    this.raised = new float[strength == 0 ? 0 : recorded];
    this.fired = new int[count];
    this.firstFired = new int[steps + 1];
    this.changes = new float[count];
    this.derivatives = new float[count];
    this.gradient = new float[count];
    this.delta = new float[count];
    this.alpha = new float[strength == 0 ? 0 : count];
    this.fed = new float[window.recurrence().isNone() ? 0 : count];
    this.events = new SpikeEvents(window.output().shape());
  }

  /**
   * The membrane of neurons that this adjoint serves: one decay in the layer, and nothing learned.
   */
  static Optional<SpikingNeuron> membrane(NeuronDynamics neuron) {
    if (neuron instanceof AdaptiveNeuron adaptive) {
      return Optional.of(adaptive.membrane());
    }
    return neuron instanceof SpikingNeuron spiking ? Optional.of(spiking) : Optional.empty();
  }

  /** Receives δ[t] of every step, from the last to the first, and its changes e[t]. */
  interface Steps {
    void step(int step, float[] changes, float[] delta);
  }

  void back(int sample, Steps to) {
    replay.run(sample, 0, steps, replay.start(sample), this::record);
    Arrays.fill(delta, 0);
    Arrays.fill(alpha, 0);
    Arrays.fill(fed, 0);
    for (int step = steps - 1; step >= 0; step--) {
      back(sample, step);
      to.step(step, changes, delta);
    }
  }

  private void record(int step, Neurons neurons) {
    int end = firstFired[step] + (hard || strength != 0 ? neurons.firedCount() : 0);
    if (fired.length < end) {
      fired = Arrays.copyOf(fired, 2 * end);
    }
    for (int k = firstFired[step]; k < end; k++) {
      fired[k] = neurons.fired(k - firstFired[step]);
    }
    firstFired[step + 1] = end;
    System.arraycopy(neurons.variable(0), 0, membranes, step * count, count);
    for (int i = 0, at = step * count; i < alpha.length; i++) {
      raised[at + i] = strength * neurons.variable(1)[i];
    }
  }

  /** From λ·δ[t + 1] to δ[t]; loops over one array index are vectorised. */
  private void back(int sample, int step) {
    int at = step * count;
    float[] e = changes;
    System.arraycopy(membranes, at, e, 0, count);
    subtractThresholds(e, at);
    surrogate.derivatives(e, derivatives);
    from.readNeurons(sample, step, gradient);
    scale(delta, leak);
    if (attached) {
      addReset(at);
    }
    addTo(gradient, fed);
    addTo(gradient, alpha);
    for (int i = 0; i < e.length; i++) {
      e[i] = derivatives[i] * gradient[i];
    }
    scale(alpha, kept);
    for (int i = 0; i < alpha.length; i++) {
      alpha[i] -= strength * e[i];
    }
    takeBackResets(step);
    addTo(delta, e);
    if (fed.length > 0) {
      events.set(e);
      scale(fed, leak);
      window.recurrence().feedBack(events, fed);
    }
  }

  private void subtractThresholds(float[] u, int at) {
    float theta = threshold;
    if (strength == 0) {
      for (int i = 0; i < u.length; i++) {
        u[i] -= theta;
      }
      return;
    }
    for (int i = 0; i < u.length; i++) {
      u[i] -= theta + raised[at + i];
    }
  }

  /** What a spike would change in the next membrane, by its reset. */
  private void addReset(int at) {
    if (hard) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += delta[i] * (resetValue - membranes[at + i]);
      }
    } else if (strength == 0) {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] -= delta[i] * threshold;
      }
    } else {
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] -= delta[i] * (threshold + raised[at + i]);
      }
    }
  }

  /** A hard reset takes δ[t + 1] away; one by subtraction hands it to the adaptation. */
  private void takeBackResets(int step) {
    for (int k = firstFired[step]; k < firstFired[step + 1]; k++) {
      int i = fired[k];
      if (hard) {
        changes[i] -= delta[i];
      } else if (strength != 0) {
        alpha[i] -= strength * delta[i];
      }
    }
  }

  private static void addTo(float[] sums, float[] values) {
    for (int i = 0; i < values.length; i++) {
      sums[i] += values[i];
    }
  }

  /** Multiplies all values by a factor. */
  private static void scale(float[] values, float factor) {
    for (int i = 0; factor != 1 && i < values.length; i++) {
      values[i] *= factor;
    }
  }
}
