package org.dl4jsnn.internal.host;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.Require;

/**
 * The state of leaky integrators between two steps, for every sample of a minibatch, like {@link
 * org.dl4jsnn.neuron.NeuronState} for spiking neurons. The arrays are not copied and must not be
 * modified; they are null before the first step.
 *
 * @param currents i, the synaptic current, [sample][neuron]; null without one
 * @param membranes v, [sample][neuron]
 * @param summaries the sum of the membranes so far, or their maxima, [sample][neuron]
 * @param steps the steps so far of every sample
 */
public record IntegratorState(
    double[][] currents, double[][] membranes, double[][] summaries, long[] steps) {

  private static final IntegratorState AT_REST = new IntegratorState(null, null, null, null);

  /** The state before the first step, for any number of samples: membranes of 0. */
  public static IntegratorState atRest() {
    return AT_REST;
  }

  /** The state of some of the samples, by their indices. */
  public IntegratorState ofSamples(int... samples) {
    return isAtRest()
        ? this
        : new IntegratorState(
            rows(currents, samples),
            rows(membranes, samples),
            rows(summaries, samples),
            IntStream.of(samples).mapToLong(i -> steps[i]).toArray());
  }

  private static double[][] rows(double[][] all, int... samples) {
    return all == null
        ? null
        : IntStream.of(samples).mapToObj(i -> all[i]).toArray(double[][]::new);
  }

  /** Whether no step was done yet. */
  public boolean isAtRest() {
    return membranes == null;
  }

  /** Checks that this is a state of some integrators. */
  void requireOf(int minibatch, int neurons, boolean isSynaptic) {
    if (membranes == null) {
      return;
    }
    Require.not(
        isSynaptic != (currents != null),
        "state must be one %s a synaptic current, like the integrators, got"
            + " another. Possible cause: it belongs to another layer",
        isSynaptic ? "with" : "without");
    for (double[] membrane : membranes) {
      Require.not(
          membranes.length != minibatch || membrane.length != neurons,
          "state must be one of %s samples of %s neurons, got one of %s. Possible"
              + " cause: it belongs to another layer or minibatch; rnnClearPreviousState()"
              + " starts a new stream",
          minibatch,
          neurons,
          this);
    }
  }

  /** The synaptic currents of a sample, in a new array. */
  double[] current(int sample, int neurons) {
    return currents == null ? new double[neurons] : currents[sample].clone();
  }

  /** The membranes of a sample, in a new array. */
  double[] membrane(int sample, int neurons) {
    return membranes == null ? new double[neurons] : membranes[sample].clone();
  }

  /** The sum or maxima of a sample's membranes so far, in a new array. */
  double[] summary(int sample, int neurons, double initial) {
    if (membranes != null) {
      return summaries[sample].clone();
    }
    double[] summary = new double[neurons];
    Arrays.fill(summary, initial);
    return summary;
  }

  /** Steps of a sample so far. */
  long steps(int sample) {
    return steps == null ? 0 : steps[sample];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IntegratorState that
        && Arrays.deepEquals(currents, that.currents)
        && Arrays.deepEquals(membranes, that.membranes)
        && Arrays.deepEquals(summaries, that.summaries)
        && Arrays.equals(steps, that.steps);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(membranes);
  }

  @Override
  public String toString() {
    return membranes == null
        ? "at rest"
        : membranes.length + " samples of " + membranes[0].length + " neurons";
  }
}
