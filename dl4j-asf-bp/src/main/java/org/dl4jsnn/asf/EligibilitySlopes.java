package org.dl4jsnn.asf;

import java.util.Arrays;
import java.util.function.Supplier;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.kernel.StepCharge;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.simulate.MembraneReplay;
import org.dl4jsnn.simulate.ParallelSamples;
import org.dl4jsnn.simulate.SimulatedWindow;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;

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
  private final boolean detachReset;
  private final double threshold;
  private final double leak;
  private final boolean subtractive;
  private final double resetValue;

  EligibilitySlopes(SimulatedWindow window, Surrogate surrogate, boolean detachReset) {
    SpikingNeuron neuron = window.neuron();
    this.window = window;
    this.surrogate = surrogate;
    this.shape = window.output().shape();
    this.detachReset = detachReset;
    this.threshold = neuron.threshold();
    this.leak = neuron.leak();
    this.subtractive = neuron.reset().isSubtractive();
    this.resetValue = neuron.reset().value();
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
    private final double[] eligibility = new double[shape.neurons()];
    private final double[] sums = new double[shape.neurons()];
    private final double[] spikes = new double[shape.neurons()];
    private final double[] lastMembrane = new double[shape.neurons()];
    private final double[] lastDerivative = new double[shape.neurons()];

    Sample(MembraneReplay replay) {
      this.replay = replay;
      Arrays.fill(lastMembrane, Double.NaN);
    }

    void gather(int sample, float[] slopes) {
      int steps = window.output().steps();
      Arrays.fill(eligibility, 1);
      Arrays.fill(sums, 0);
      replay.run(sample, 0, steps, replay.start(), (step, u, fired) -> observe(u, fired));
      int first = sample * shape.neurons();
      for (int neuron = 0; neuron < sums.length; neuron++) {
        slopes[first + shape.arrayIndex(neuron)] = (float) (sums[neuron] / steps);
      }
    }

    private void observe(float[] membrane, SpikeEvents fired) {
      for (int e = 0; e < fired.size(); e++) {
        spikes[fired.neuron(e)] = 1;
      }
      for (int i = 0; i < sums.length; i++) {
        double u = membrane[i];
        // Most membranes of neurons without leak rest; the surrogate is what costs.
        if (u != lastMembrane[i]) {
          lastMembrane[i] = u;
          lastDerivative[i] = surrogate.derivative(u - threshold);
        }
        double h = lastDerivative[i];
        double kept = subtractive ? 1 : 1 - spikes[i];
        double bySpike = subtractive ? -threshold : resetValue - u;
        sums[i] += h * eligibility[i];
        eligibility[i] = 1 + leak * eligibility[i] * (kept + (detachReset ? 0 : h * bySpike));
      }
      for (int e = 0; e < fired.size(); e++) {
        spikes[fired.neuron(e)] = 0;
      }
    }
  }
}
