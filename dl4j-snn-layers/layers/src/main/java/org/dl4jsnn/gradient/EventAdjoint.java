package org.dl4jsnn.gradient;

import java.util.Arrays;
import java.util.Optional;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.neuron.AdaptiveNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.synapse.Recurrence;
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
  private final float threshold;
  private final float leak;
  private final float resetValue;
  private final boolean hard;
  private final boolean attached;

  /** γ and ϱ of an adaptive threshold; γ is 0 without. */
  private final float strength;

  private final float kept;

  /** The bits of the distance from the threshold at which the surrogate ends. */
  private final int reach;

  /** Of every neuron: position, channel, and index in the order of arrays. */
  private final int[] positions;

  private final int[] channels;
  private final int[] arrayIndices;

  /** The active neurons of every step, and the distance of their membranes from the threshold. */
  private int[] active;

  private float[] distances;

  /** What adaptation adds to their thresholds. */
  private float[] raised = new float[0];

  private final int[] firstOfStep;

  /** e of the active neurons of a step. */
  private final float[] changes;

  private final float[] delta;

  /** ∂L/∂a of the adaptation. */
  private final float[] alpha;

  /** What δ[t + 1] sends back through recurrent weights. */
  private final float[] fed;

  private final SpikeEvents arriving;

  /** The neurons that fired at every step. */
  private int[] fired;

  private final int[] firstFired;
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
    this.reach = Float.floatToRawIntBits((float) surrogate.reach());
    FeatureShape shape = window.output().shape();
    int count = shape.neurons();
    this.positions = new int[count];
    this.channels = new int[count];
    this.arrayIndices = new int[count];
    for (int i = 0; i < count; i++) {
      positions[i] = i / shape.channels();
      channels[i] = i % shape.channels();
      arrayIndices[i] = shape.arrayIndex(i);
    }
    this.active = new int[count * 4];
    this.distances = new float[active.length];
    this.firstOfStep = new int[steps + 1];
    this.changes = new float[count];
    this.delta = new float[count];
    this.alpha = new float[adaptive == null ? 0 : count];
    this.fed = new float[window.recurrence() == Recurrence.NONE ? 0 : count];
    this.arriving = new SpikeEvents(window.input().shape());
    this.fired = new int[count];
    this.firstFired = new int[steps + 1];
    this.events = new SpikeEvents(shape);
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

  /** Receives δ[t] of every step, from the last to the first, and the arriving spikes. */
  interface Steps {
    void step(int step, SpikeEvents events, float[] delta);
  }

  void back(int sample, Steps to) {
    record(sample);
    Arrays.fill(delta, 0);
    Arrays.fill(alpha, 0);
    Arrays.fill(fed, 0);
    from.begin(sample);
    for (int step = steps - 1; step >= 0; step--) {
      back(sample, step);
      to.step(step, events, delta);
    }
  }

  /** Replays the membranes and lists the active neurons. */
  private void record(int sample) {
    firstOfStep[0] = 0;
    replay.run(sample, 0, steps, replay.start(sample), this::list);
  }

  private void list(int step, Neurons neurons) {
    int end = firstFired[step] + neurons.firedCount();
    if (fired.length < end) {
      fired = Arrays.copyOf(fired, 2 * end);
    }
    for (int k = 0; k < neurons.firedCount(); k++) {
      fired[firstFired[step] + k] = neurons.fired(k);
    }
    firstFired[step + 1] = end;
    listActive(step, neurons);
  }

  private void listActive(int step, Neurons neurons) {
    float[] u = neurons.variable(0);
    int n = firstOfStep[step];
    if (active.length < n + u.length) {
      active = Arrays.copyOf(active, 2 * (n + u.length));
      distances = Arrays.copyOf(distances, active.length);
    }
    if (strength != 0) {
      listAdaptive(step, u, neurons.variable(1));
      return;
    }
    int[] to = active;
    float theta = threshold;
    int end = reach;
    for (int i = 0; i < u.length; i++) {
      to[n] = i;
      // Positive numbers are in the order of their bits, so the sign tells which is less.
      n += Float.floatToRawIntBits(Math.abs(u[i] - theta)) - end >>> 31;
    }
    for (int k = firstOfStep[step]; k < n; k++) {
      distances[k] = u[to[k]] - theta;
    }
    firstOfStep[step + 1] = n;
  }

  private void listAdaptive(int step, float[] u, float[] adaptation) {
    raised = raised.length < active.length ? Arrays.copyOf(raised, active.length) : raised;
    int n = firstOfStep[step];
    for (int i = 0; i < u.length; i++) {
      float more = strength * adaptation[i];
      active[n] = i;
      raised[n] = more;
      distances[n] = u[i] - (threshold + more);
      n += Float.floatToRawIntBits(Math.abs(distances[n])) - reach >>> 31;
    }
    firstOfStep[step + 1] = n;
  }

  private void back(int sample, int step) {
    int first = firstOfStep[step];
    int count = firstOfStep[step + 1] - first;
    scale(delta, leak);
    for (int k = 0; k < count; k++) {
      int i = active[first + k];
      float theta = threshold + (strength == 0 ? 0 : raised[first + k]);
      float ofSpike = !attached ? 0 : hard ? resetValue - (theta + distances[first + k]) : -theta;
      float gradient = from.at(step, i, arrayIndices[i]) + delta[i] * ofSpike;
      gradient += fed.length == 0 ? 0 : fed[i];
      gradient += strength == 0 ? 0 : alpha[i];
      changes[k] = (float) surrogate.derivative(distances[first + k]) * gradient;
    }
    scale(alpha, kept);
    events.clear();
    int next = firstFired[step];
    int end = hard || strength != 0 ? firstFired[step + 1] : next;
    for (int k = 0; k < count; k++) {
      int i = active[first + k];
      while (next < end && fired[next] < i) {
        change(fired[next], 0, true);
        next++;
      }
      boolean isReset = next < end && fired[next] == i;
      change(i, changes[k], isReset);
      next += isReset ? 1 : 0;
    }
    for (; next < end; next++) {
      change(fired[next], 0, true);
    }
    if (fed.length > 0) {
      scale(fed, leak);
      window.recurrence().feedBack(events, fed);
    }
  }

  /** Changes δ of a neuron, whose δ[t + 1] a reset takes away or hands to the adaptation. */
  private void change(int i, float change, boolean isReset) {
    float kept = delta[i];
    if (isReset && hard) {
      delta[i] = change;
    } else {
      delta[i] = kept + change;
      if (isReset) {
        alpha[i] -= strength * kept;
      }
    }
    float event = isReset && hard ? change - kept : change;
    if (event != 0) {
      events.add(positions[i], channels[i], event);
    }
    if (strength != 0) {
      alpha[i] -= strength * change;
    }
  }

  /** Multiplies all values by a factor. */
  static void scale(float[] values, float factor) {
    for (int i = 0; factor != 1 && i < values.length; i++) {
      values[i] *= factor;
    }
  }
}
