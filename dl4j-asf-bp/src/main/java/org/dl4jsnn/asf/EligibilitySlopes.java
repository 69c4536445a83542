package org.dl4jsnn.asf;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.dl4jsnn.charge.StepCharge;
import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.simulate.MembraneReplay;
import org.dl4jsnn.neuron.DifferentiableDynamics;
import org.dl4jsnn.neuron.LocalDerivatives;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.neuron.NeuronParameter;
import org.dl4jsnn.neuron.Neurons;
import org.dl4jsnn.neuron.SpikingNeuron;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.synapse.SimulatedWindow;

/**
 * The slope of every neuron and sample (equations 21 and 22 of docs/mathematics.md), for any neuron
 * with known derivatives:
 *
 * <pre>
 *  slope = (1/T) · Σ_t h[t] · Σ_j ∂v/∂x_j · κ_j[t]
 *  κ_k[t+1] = (1 if k = 0) + Σ_j λ_k·κ_j[t] · (∂r_k/∂x_j + h[t] · ∂r_k/∂s · ∂v/∂x_j)
 * </pre>
 *
 * with the reset r and the leak λ as in spatio-temporal backpropagation (equation 14), and κ[1] = 1
 * for the first variable and 0 for the others. κ is the part of a constant current's charge, from
 * all steps up to this one, that is still in the neuron.
 *
 * @param shape of the layer
 * @param currents ∂r/∂c̄ of every sample and neuron, [minibatch, …] in the order of arrays
 * @param learned the parameters that the neurons learn
 * @param parameters ∂r/∂p of the same samples and neurons, [learned][minibatch · neurons]
 */
record EligibilitySlopes(
    FeatureShape shape, float[] currents, int[] learned, float[][] parameters) {

  /** Follows all samples through the window. */
  static EligibilitySlopes of(SimulatedWindow window, Surrogate surrogate, boolean detachReset) {
    FeatureShape shape = window.output().shape();
    int minibatch = window.output().minibatch();
    int size = Math.multiplyExact(minibatch, shape.neurons());
    List<NeuronParameter> named = window.neuron().parameters();
    int[] learned =
        IntStream.range(0, named.size()).filter(p -> named.get(p).isLearned()).toArray();
    EligibilitySlopes slopes =
        new EligibilitySlopes(shape, new float[size], learned, new float[learned.length][size]);
    Supplier<StepCharge> charges = MembraneReplay.charges(window.synapse());
    ParallelSamples.run(
        minibatch,
        () -> {
          MembraneReplay replay = new MembraneReplay(window, charges.get());
          Sample scratch = new Sample(replay, window, surrogate, detachReset);
          return sample -> scratch.gather(sample, slopes);
        });
    return slopes;
  }

  /** The gradient of a learned parameter in every channel, summed over neurons and samples. */
  double[] ofParameter(int l, double[] rateGradient) {
    float[] slope = parameters[l];
    double[] ofChannels = new double[shape.channels()];
    for (int i = 0; i < slope.length; i++) {
      int channel = i % shape.neurons() / shape.positions();
      ofChannels[channel] += rateGradient[i] * slope[i];
    }
    return ofChannels;
  }

  /** One sample. Scratch memory, one per task. */
  private static final class Sample {

    private final MembraneReplay replay;
    private final NeuronDynamics dynamics;
    private final Surrogate surrogate;
    private final FeatureShape shape;
    private final int steps;
    private final int order;
    private final float[][] eligibility;
    private final float[][] next;
    private final float[] excess;
    private final float[] derivatives;
    private final float[] sums;
    private final float[] spikes;

    /** For every variable, whether the gradient goes through the effect of a spike on it. */
    private final float[] attached;

    /** The built-in neuron's own loop; null for all others, which take local derivatives. */
    private final IntegrateAndFireSlopes fast;

    private final LocalDerivatives local;

    /** One per learned parameter. */
    private final List<ParameterEligibility> parameters;

    Sample(
        MembraneReplay replay, SimulatedWindow window, Surrogate surrogate, boolean detachReset) {
      this.replay = replay;
      this.dynamics = window.neuron();
      this.surrogate = surrogate;
      this.shape = window.output().shape();
      this.steps = window.output().steps();
      this.order = dynamics.variables().size();
      int neurons = shape.neurons();
      this.eligibility = new float[order][neurons];
      this.next = new float[order][neurons];
      this.excess = new float[neurons];
      this.derivatives = new float[neurons];
      this.sums = new float[neurons];
      this.spikes = new float[neurons];
      this.attached = new float[order];
      for (int k = 0; k < order; k++) {
        boolean reset = ((DifferentiableDynamics) dynamics).isResetBySpike(k);
        attached[k] = detachReset && reset ? 0 : 1;
      }
      this.fast =
          dynamics instanceof SpikingNeuron spiking
              ? new IntegrateAndFireSlopes(spiking, detachReset)
              : null;
      this.local = new LocalDerivatives(dynamics, shape.channels(), true);
      this.parameters =
          IntStream.of(local.learned())
              .mapToObj(p -> new ParameterEligibility(local, p, order, neurons))
              .toList();
    }

    void gather(int sample, EligibilitySlopes slopes) {
      for (int k = 0; k < order; k++) {
        Arrays.fill(eligibility[k], k == 0 ? 1 : 0);
      }
      Arrays.fill(sums, 0);
      parameters.forEach(ParameterEligibility::start);
      replay.run(sample, 0, steps, replay.start(sample), (step, neurons) -> observe(neurons));
      int first = sample * shape.neurons();
      for (int neuron = 0; neuron < sums.length; neuron++) {
        int at = first + shape.arrayIndex(neuron);
        slopes.currents[at] = sums[neuron] / steps;
        for (int l = 0; l < slopes.learned.length; l++) {
          slopes.parameters[l][at] = (float) (parameters.get(l).sums[neuron] / steps);
        }
      }
    }

    private void observe(Neurons neurons) {
      for (int k = 0; k < neurons.firedCount(); k++) {
        spikes[neurons.fired(k)] = 1;
      }
      dynamics.excess(neurons, excess);
      surrogate.derivatives(excess, derivatives);
      if (fast != null) {
        fast.accumulate(neurons.variable(0), spikes, derivatives, eligibility[0], sums);
      } else {
        int count;
        for (int first = 0; first < sums.length; first += count) {
          count = local.move(neurons, spikes, first);
          accumulate(first, count);
          for (ParameterEligibility parameter : parameters) {
            parameter.accumulate(derivatives, attached, first, count);
          }
        }
      }
      for (int k = 0; k < neurons.firedCount(); k++) {
        spikes[neurons.fired(k)] = 0;
      }
    }

    private void accumulate(int first, int count) {
      for (int j = 0; j < order; j++) {
        add(local.excess(j), eligibility[j], first, count);
      }
      for (int k = 0; k < order; k++) {
        Arrays.fill(next[k], first, first + count, k == 0 ? 1 : 0);
        for (int j = 0; j < order; j++) {
          carry(k, j, first, count);
        }
      }
      for (int k = 0; k < order; k++) {
        System.arraycopy(next[k], first, eligibility[k], first, count);
      }
    }

    private void add(double[] ofExcess, float[] kappa, int first, int count) {
      for (int i = 0; i < count; i++) {
        sums[first + i] += derivatives[first + i] * (kappa[first + i] * (float) ofExcess[i]);
      }
    }

    private void carry(int k, int j, int first, int count) {
      double[] ofReset = local.reset(k, j);
      double[] ofSpike = local.resetBySpike(k);
      double[] ofExcess = local.excess(j);
      double[] leak = local.leak(k);
      float[] kappa = eligibility[j];
      float[] to = next[k];
      for (int i = 0; i < count; i++) {
        float throughSpike = attached[k] * (float) ofSpike[i] * (float) ofExcess[i];
        float kept = (float) ofReset[i] + derivatives[first + i] * throughSpike;
        to[first + i] += (float) leak[i] * kappa[first + i] * kept;
      }
    }
  }

  /**
   * A step of the eligibility of (leaky) integrate-and-fire neurons (equation 22 of
   * docs/mathematics.md), bit for bit the same as with local derivatives. Those took half as long
   * again, since they need conversions between precisions, which Java 17 does not vectorise.
   */
  private static final class IntegrateAndFireSlopes {

    private final float leak;

    /** ∂r/∂u = 1 − keptOfSpikes · s, and ∂r/∂s = fixed − ofMembrane · u. */
    private final float keptOfSpikes;

    private final float fixed;
    private final float ofMembrane;

    IntegrateAndFireSlopes(SpikingNeuron neuron, boolean detachReset) {
      boolean subtractive = neuron.reset().isSubtractive();
      float attached = detachReset ? 0 : 1;
      this.leak = (float) neuron.leak();
      this.keptOfSpikes = subtractive ? 0 : 1;
      this.fixed = attached * (float) (subtractive ? -neuron.threshold() : neuron.reset().value());
      this.ofMembrane = attached * keptOfSpikes;
    }

    /** One branch-free formula for both resets, so that the JVM vectorises it. */
    void accumulate(
        float[] membrane, float[] spikes, float[] derivatives, float[] eligibility, float[] sums) {
      for (int i = 0; i < sums.length; i++) {
        float h = derivatives[i];
        float kappa = eligibility[i];
        sums[i] += h * kappa;
        float kept = 1 - keptOfSpikes * spikes[i] + h * (fixed - ofMembrane * membrane[i]);
        eligibility[i] = 1 + leak * kappa * kept;
      }
    }
  }

  /**
   * Gathers how the firing rates of a sample change with a parameter p of the neurons (equation 42
   * of docs/mathematics.md): the derivative of equation 41, in forward mode.
   *
   * <pre>
   *  ds       = h[t] · (∂v/∂p + Σ_j ∂v/∂x_j · π_j[t])
   *  ∂r/∂p    = (1/T) · Σ_t ds
   *  π_k[t+1] = ∂x_k/∂p + λ_k · (Σ_j ∂r_k/∂x_j · π_j[t] + ∂r_k/∂s · ds)
   * </pre>
   *
   * with π[1] = 0. Scratch memory, one per task.
   */
  private static final class ParameterEligibility {

    private final LocalDerivatives local;
    private final int parameter;
    private final double[][] eligibility;
    private final double[] next;

    /** Σ_t ds of every neuron. */
    private final double[] sums;

    ParameterEligibility(LocalDerivatives local, int parameter, int order, int neurons) {
      this.local = local;
      this.parameter = parameter;
      this.eligibility = new double[order][neurons];
      this.next = new double[order];
      this.sums = new double[neurons];
    }

    /** Starts a sample. */
    void start() {
      for (double[] ofVariable : eligibility) {
        Arrays.fill(ofVariable, 0);
      }
      Arrays.fill(sums, 0);
    }

    /**
     * One step of the neurons that the local derivatives have moved to.
     *
     * @param surrogate h[t] of all neurons
     * @param attached for every variable, 1 if the gradient goes through the effect of a spike on
     *     it
     */
    void accumulate(float[] surrogate, float[] attached, int first, int count) {
      int order = next.length;
      for (int i = 0; i < count; i++) {
        double ofExcess = local.excessByParameter(parameter)[i];
        for (int j = 0; j < order; j++) {
          ofExcess += local.excess(j)[i] * eligibility[j][first + i];
        }
        double ofSpike = surrogate[first + i] * ofExcess;
        sums[first + i] += ofSpike;
        for (int k = 0; k < order; k++) {
          double left = attached[k] * local.resetBySpike(k)[i] * ofSpike;
          for (int j = 0; j < order; j++) {
            left += local.reset(k, j)[i] * eligibility[j][first + i];
          }
          next[k] = local.leftByParameter(k, parameter)[i] + local.leak(k)[i] * left;
        }
        for (int k = 0; k < order; k++) {
          eligibility[k][first + i] = next[k];
        }
      }
    }
  }
}
