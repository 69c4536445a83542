package org.dl4jsnn.gradient;

import org.dl4jsnn.gradient.surrogate.Surrogate;
import org.dl4jsnn.neuron.Reset;

/**
 * The built-in neurons in double precision, written a second time, with a smooth step in place of
 * the spike.
 */
interface SmoothNeuron {

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
  Course run(double[] p, double[] input, Surrogate step, Course before, boolean detached);

  private static Course empty(int steps, int order) {
    return new Course(
        new double[steps][order], new double[steps], new double[steps], new int[steps]);
  }

  /** The spike as a reset sees it. */
  private static double resets(Course course, Course before, boolean detached, int t) {
    return detached && before != null ? before.spikes[t] : course.spikes[t];
  }

  private static double after(Reset reset, double u, double threshold, double s) {
    return reset.isSubtractive() ? u - threshold * s : u * (1 - s) + reset.value() * s;
  }

  /** (Leaky) integrate-and-fire. */
  record Plain(Reset reset, double initial) implements SmoothNeuron {
    @Override
    public Course run(double[] p, double[] input, Surrogate step, Course before, boolean detached) {
      Course course = empty(input.length, 1);
      double u = initial;
      for (int t = 0; t < input.length; t++) {
        u += input[t];
        course.charged[t] = new double[] {u};
        course.excess[t] = u - p[0];
        course.spikes[t] = step.smoothStep(course.excess[t]);
        u = p[1] * after(reset, u, p[0], resets(course, before, detached, t));
      }
      return course;
    }
  }

  /** With a synaptic current. */
  record Synaptic(Reset reset, double initial) implements SmoothNeuron {
    @Override
    public Course run(double[] p, double[] input, Surrogate step, Course before, boolean detached) {
      Course course = empty(input.length, 2);
      double u = initial;
      double current = 0;
      for (int t = 0; t < input.length; t++) {
        current += input[t];
        course.charged[t] = new double[] {current, u};
        u += current;
        course.excess[t] = u - p[0];
        course.spikes[t] = step.smoothStep(course.excess[t]);
        u = p[1] * after(reset, u, p[0], resets(course, before, detached, t));
        current *= p[3];
      }
      return course;
    }
  }

  /** With an adaptive threshold; what adapts is no reset. */
  record Adaptive(Reset reset, double initial) implements SmoothNeuron {
    @Override
    public Course run(double[] p, double[] input, Surrogate step, Course before, boolean detached) {
      Course course = empty(input.length, 2);
      double u = initial;
      double a = 0;
      for (int t = 0; t < input.length; t++) {
        u += input[t];
        course.charged[t] = new double[] {u, a};
        double threshold = p[0] + p[3] * a;
        course.excess[t] = u - threshold;
        course.spikes[t] = step.smoothStep(course.excess[t]);
        u = p[1] * after(reset, u, threshold, resets(course, before, detached, t));
        a = p[4] * a + course.spikes[t];
      }
      return course;
    }
  }

  /** With a refractory period after every smooth spike above one half. */
  record Refractory(Reset reset, double initial, int period) implements SmoothNeuron {
    @Override
    public Course run(double[] p, double[] input, Surrogate step, Course before, boolean detached) {
      Course course = empty(input.length, 3);
      double u = initial;
      int counted = 0;
      for (int t = 0; t < input.length; t++) {
        int left = before == null ? counted : before.left[t];
        course.left[t] = left;
        course.charged[t] = new double[] {u + input[t], u, left};
        if (left > 0) {
          course.excess[t] = -1;
          course.spikes[t] = 0;
          u = p[1] * u;
          counted = left - 1;
        } else {
          u += input[t];
          course.excess[t] = u - p[0];
          course.spikes[t] = step.smoothStep(course.excess[t]);
          u = p[1] * after(reset, u, p[0], resets(course, before, detached, t));
          counted = course.spikes[t] > 0.5 ? period : 0;
        }
      }
      return course;
    }
  }
}
