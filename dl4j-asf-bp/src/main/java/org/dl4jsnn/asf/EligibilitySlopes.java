package org.dl4jsnn.asf;

import java.util.Arrays;
import java.util.function.Supplier;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.kernel.StepCharge;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.internal.simulate.ParallelSamples;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.synapse.SimulatedWindow;

/**
 * Gathers the slope of every neuron and sample (equations 21 and 22 of docs/mathematics.md):
 *
 * <pre>
 *  slope = (1/T) · Σ_t h[t] · κ[t],   κ[0] = 1,   κ[t+1] = 1 + λ·κ[t] · (∂r/∂u + h[t] · ∂r/∂s)
 * </pre>
 *
 * with the reset r as in spatio-temporal backpropagation (equation 14). What κ counts is how much
 * of a constant current's charge, from all steps up to this one, is still on the membrane.
 */
final class EligibilitySlopes {

  private final SimulatedWindow window;
  private final Surrogate surrogate;
  private final FeatureShape shape;
  private final float threshold;
  private final float leak;

  /** ∂r/∂u = 1 − keptOfSpikes · s, and ∂r/∂s = fixed − ofMembrane · u. */
  private final float keptOfSpikes;

  private final float fixed;
  private final float ofMembrane;

  EligibilitySlopes(SimulatedWindow window, Surrogate surrogate, boolean detachReset) {
    SpikingNeuron neuron = window.neuron();
    this.window = window;
    this.surrogate = surrogate;
    this.shape = window.output().shape();
    this.threshold = (float) neuron.threshold();
    this.leak = (float) neuron.leak();
    boolean subtractive = neuron.reset().isSubtractive();
    float attached = detachReset ? 0 : 1;
    this.keptOfSpikes = subtractive ? 0 : 1;
    this.fixed = attached * (subtractive ? -threshold : (float) neuron.reset().value());
    this.ofMembrane = attached * keptOfSpikes;
  }

  /** The slopes, [minibatch, …] in the order of arrays. */
  float[] gather() {
    int minibatch = window.output().minibatch();
    float[] slopes = new float[Math.multiplyExact(minibatch, shape.neurons())];
    Supplier<StepCharge> charges = window.synapse().charges();
    ParallelSamples.run(
        minibatch,
        () -> {
          Sample scratch = new Sample(new MembraneReplay(window, charges.get()));
          return sample -> scratch.gather(sample, slopes);
        });
    return slopes;
  }

  /** One sample. Scratch memory, one a task. */
  private final class Sample {

    private final MembraneReplay replay;
    private final float[] eligibility = new float[shape.neurons()];
    private final float[] derivatives = new float[shape.neurons()];
    private final float[] sums = new float[shape.neurons()];
    private final float[] spikes = new float[shape.neurons()];

    Sample(MembraneReplay replay) {
      this.replay = replay;
    }

    void gather(int sample, float[] slopes) {
      int steps = window.output().steps();
      Arrays.fill(eligibility, 1);
      Arrays.fill(sums, 0);
      replay.run(sample, 0, steps, replay.start(), (step, u, fired) -> observe(u, fired));
      int first = sample * shape.neurons();
      for (int neuron = 0; neuron < sums.length; neuron++) {
        slopes[first + shape.arrayIndex(neuron)] = sums[neuron] / steps;
      }
    }

    private void observe(float[] membrane, SpikeEvents fired) {
      for (int e = 0; e < fired.size(); e++) {
        spikes[fired.neuron(e)] = 1;
      }
      surrogate.derivatives(membrane, threshold, derivatives);
      accumulate(membrane);
      for (int e = 0; e < fired.size(); e++) {
        spikes[fired.neuron(e)] = 0;
      }
    }

    /** One formula for all cases, without a branch: Java makes vector instructions of it. */
    private void accumulate(float[] membrane) {
      for (int i = 0; i < sums.length; i++) {
        float h = derivatives[i];
        float kappa = eligibility[i];
        sums[i] += h * kappa;
        float kept = 1 - keptOfSpikes * spikes[i] + h * (fixed - ofMembrane * membrane[i]);
        eligibility[i] = 1 + leak * kappa * kept;
      }
    }
  }
}
