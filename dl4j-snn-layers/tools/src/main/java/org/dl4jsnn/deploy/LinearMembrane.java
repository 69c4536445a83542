package org.dl4jsnn.deploy;

import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.neuron.linear.Firing;
import org.dl4jsnn.neuron.linear.Integration;
import org.dl4jsnn.neuron.linear.LinearNeuron;
import org.dl4jsnn.neuron.linear.LinearStep;
import org.dl4jsnn.neuron.linear.MembraneReset;

/**
 * Linear neurons as membranes that are charged by unscaled weights and leak after a step (equation
 * 83 of docs/mathematics.md): the same except for rounding.
 */
final class LinearMembrane {

  private LinearMembrane() {}

  /** The numbers of the membranes; refuses neurons to which no such membrane is equivalent. */
  static MembraneNumbers of(LinearNeuron neuron, int channels) {
    MembraneReset reset = neuron.reset();
    boolean floored =
        reset == MembraneReset.TO_VALUE_WITH_FLOOR
            || reset == MembraneReset.BY_SUBTRACTION_WITH_FLOOR;
    boolean subtractive =
        reset == MembraneReset.BY_SUBTRACTION || reset == MembraneReset.BY_SUBTRACTION_WITH_FLOOR;
    boolean known = floored || subtractive || reset == MembraneReset.TO_VALUE;
    Require.not(
        !known || neuron.charging().synapse() != null || neuron.firing() == Firing.NEVER,
        "linear neurons must have no synaptic current and be reset only at the step of the"
            + " spike to be quantised, got the reset %s%s",
        reset,
        (neuron.charging().synapse() == null ? "" : " and a synaptic current"));
    double[] thresholds = new double[channels];
    double[] leaks = new double[channels];
    double[] values = new double[channels];
    double[] initial = new double[channels];
    LinearStep step = neuron.charging().membrane();
    for (int c = 0; c < channels; c++) {
      double kept = step.integration().kept(of(step.decay(), c));
      double gain = of(step.gain(), c) * step.integration().gain(of(step.decay(), c));
      double rest = restsElsewhere(step.integration()) ? of(step.rest(), c) : 0;
      double theta = of(neuron.thresholds(), c);
      require(kept, gain, rest, theta, subtractive || floored);
      thresholds[c] = (theta - rest) / gain;
      leaks[c] = kept;
      values[c] = subtractive ? 0 : (of(neuron.resetValue(), c) - rest) / gain;
      // The first charge comes before the leak here, but after it there.
      initial[c] = kept * (of(step.initial(), c) - rest) / gain;
    }
    return new MembraneNumbers(
        thresholds,
        leaks,
        values,
        initial,
        subtractive,
        neuron.firing() != Firing.ABOVE,
        floored,
        MembraneNumbers.unlimited(thresholds.length),
        MembraneNumbers.Completion.NONE);
  }

  private static void require(
      double kept, double gain, double rest, double theta, boolean needsRestAtZero) {
    if (!(kept > 0 && kept <= 1 && gain > 0)) {
      throw new IllegalArgumentException(
          ("a step must keep a share above 0 and at most 1 of the membrane, and charge it by"
                  + " a positive share to be quantised, got %s and %s")
              .formatted(kept, gain));
    }
    if (!(theta > rest) || needsRestAtZero && rest != 0) {
      throw new IllegalArgumentException(
          ("v_leak must be below the threshold, and 0 with reset by subtraction, to be"
                  + " quantised, got %s and a threshold of %s")
              .formatted(rest, theta));
    }
  }

  private static boolean restsElsewhere(Integration integration) {
    return switch (integration) {
      case SUM, DECAY, DECAY_OF_ALL -> false;
      default -> true;
    };
  }

  private static double of(List<Double> values, int channel) {
    return values.get(values.size() == 1 ? 0 : channel);
  }
}
