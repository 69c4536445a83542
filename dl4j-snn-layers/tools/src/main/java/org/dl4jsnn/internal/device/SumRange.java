package org.dl4jsnn.internal.device;

import org.dl4jsnn.neuron.IntegerAdaptiveNeuron;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.IntegerRefractoryNeuron;
import org.dl4jsnn.neuron.IntegerSynapticNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;

/**
 * What the sums of a neuron can reach in a window, whatever its input: an interval that holds all
 * values before and after the spike of every step, by induction over the steps. So membranes of so
 * many bits never overflow.
 *
 * @param least at most 0
 * @param most at least 0
 */
public record SumRange(double least, double most) {

  /** Nothing but 0. */
  public static final SumRange NOTHING = new SumRange(0, 0);

  SumRange or(SumRange other) {
    return new SumRange(Math.min(least, other.least), Math.max(most, other.most));
  }

  /** The sum of both. */
  public SumRange and(SumRange other) {
    return new SumRange(least + other.least, most + other.most);
  }

  /** The range times a factor. */
  public SumRange times(double factor) {
    return new SumRange(least * factor, most * factor);
  }

  /** The range with a weight times a number of spikes. */
  public SumRange plus(double weight, SpikeRange spikes) {
    double one = weight * spikes.least();
    double other = weight * spikes.most();
    return new SumRange(
        least + Math.min(0, Math.min(one, other)), most + Math.max(0, Math.max(one, other)));
  }

  /** Bytes of a whole number that can hold it: 1, 2 or 4; 8 if none of these can. */
  public int bytes() {
    for (int bytes = 1; bytes <= Integer.BYTES; bytes *= 2) {
      double limit = Math.scalb(1.0, Byte.SIZE * bytes - 1);
      if (least >= -limit && most < limit) {
        return bytes;
      }
    }
    return Long.BYTES;
  }

  /**
   * The range of a channel's membrane, or whatever else of the neuron is largest.
   *
   * @param charge what one step can add
   */
  public static SumRange of(NeuronDynamics neuron, int channel, SumRange charge, long steps) {
    if (neuron instanceof IntegerSynapticNeuron synaptic) {
      double kept = share(synaptic.synapticDecays(), channel);
      SumRange current = charge;
      long step = 1;
      for (SumRange before = NOTHING; step < steps && !before.equals(current); step++) {
        before = current;
        current = current.times(kept).and(charge);
      }
      return ofMembrane(synaptic.membrane(), channel, current, 0, steps).or(current);
    }
    if (neuron instanceof IntegerAdaptiveNeuron adaptive) {
      double kept = share(adaptive.decays(), channel);
      double strength = at(adaptive.strengths(), channel);
      double raised = kept < 1 ? Math.min(steps, 1 / (1 - kept)) * strength : steps * strength;
      return ofMembrane(adaptive.membrane(), channel, charge, raised, steps).or(charge);
    }
    if (neuron instanceof IntegerRefractoryNeuron refractory) {
      return ofMembrane(refractory.membrane(), channel, charge, 0, steps).or(charge);
    }
    return neuron instanceof IntegerNeuron membrane
        ? ofMembrane(membrane, channel, charge, 0, steps)
        : charge; // an adLIF neuron saturates
  }

  private static SumRange ofMembrane(
      IntegerNeuron neuron, int channel, SumRange charge, double raised, long steps) {
    double threshold = at(neuron.thresholds(), channel);
    double reset = neuron.isSubtractive() ? 0 : at(neuron.resetValues(), channel);
    double kept = share(neuron.leaks(), channel);
    double start = at(neuron.initialMembranes(), channel);
    SumRange rest = new SumRange(Math.min(0, start), Math.max(0, start));
    SumRange all = rest.or(new SumRange(0, threshold + raised));
    for (long step = 0; step < steps; step++) {
      SumRange charged = rest.and(charge);
      all = all.or(charged);
      double high = Math.min(charged.most, threshold + raised);
      double low = charged.least;
      if (charged.most > threshold) {
        high = Math.max(high, neuron.isSubtractive() ? charged.most - threshold : reset);
        low = Math.min(low, reset);
      }
      low = neuron.isFloored() ? Math.max(low, -threshold) : low;
      SumRange next = rest.or(new SumRange(low, high).times(kept)).or(NOTHING);
      if (next.equals(rest)) {
        break;
      }
      rest = next;
    }
    return all.or(rest);
  }

  private static double share(int[] shares, int channel) {
    return at(shares, channel) / IntegerNeuron.NO_LEAK;
  }

  private static double at(int[] values, int channel) {
    return values[values.length == 1 ? 0 : channel];
  }
}
