package org.dl4jsnn.gradient;

import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.Reset;

/**
 * The built-in neurons in double precision, written a second time, with a smooth step in place of
 * the spike.
 *
 * @param initial the initial membrane
 * @param period of a refractory neuron: steps after every smooth spike above one half
 */
record SmoothNeuron(Kind kind, Reset reset, double initial, int period) {

  /** What a neuron has beside its membrane; what adapts is no reset. */
  enum Kind {
    PLAIN,
    SYNAPTIC,
    ADAPTIVE,
    REFRACTORY
  }

  /**
   * One neuron over a window.
   *
   * @param charged its state after charging, [step][variable]
   * @param excess how far it is above the threshold
   * @param spikes its smooth spikes
   * @param left refractory steps left at every step; all 0 without a period
   */
  record Course(double[][] charged, double[] excess, double[] spikes, int[] left) {}

  /**
   * Runs a neuron.
   *
   * @param p its parameters, in their order
   * @param input its currents
   * @param before an earlier course, whose count of refractory steps is kept, and whose spikes
   *     reset where detached; null for none
   */
  Course run(double[] p, double[] input, Surrogate step, Course before, boolean detached) {
    int steps = input.length;
    Course course =
        new Course(new double[steps][], new double[steps], new double[steps], new int[steps]);
    double u = initial;
    double current = 0;
    double a = 0;
    int counted = 0;
    for (int t = 0; t < steps; t++) {
      int left = before == null ? counted : before.left[t];
      course.left[t] = left;
      current = input[t] + (kind == Kind.SYNAPTIC ? current : 0);
      course.charged[t] =
          switch (kind) {
            case PLAIN -> new double[] {u + current};
            case SYNAPTIC -> new double[] {current, u};
            case ADAPTIVE -> new double[] {u + current, a};
            case REFRACTORY -> new double[] {u + current, u, left};
          };
      double threshold = p[0] + (kind == Kind.ADAPTIVE ? p[3] * a : 0);
      course.excess[t] = left > 0 ? -1 : u + current - threshold;
      course.spikes[t] = left > 0 ? 0 : step.smoothStep(course.excess[t]);
      double resets = detached && before != null ? before.spikes[t] : course.spikes[t];
      u = p[1] * (left > 0 ? u : after(u + current, threshold, resets));
      current *= kind == Kind.SYNAPTIC ? p[3] : 1;
      a = kind == Kind.ADAPTIVE ? p[4] * a + course.spikes[t] : 0;
      counted =
          left > 0 ? left - 1 : kind == Kind.REFRACTORY && course.spikes[t] > 0.5 ? period : 0;
    }
    return course;
  }

  private double after(double u, double threshold, double s) {
    return reset.isSubtractive() ? u - threshold * s : u * (1 - s) + reset.value() * s;
  }
}
