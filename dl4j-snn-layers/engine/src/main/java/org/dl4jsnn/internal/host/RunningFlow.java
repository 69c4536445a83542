package org.dl4jsnn.internal.host;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.spike.FeatureShape;

/**
 * The accumulated amplitudes of a layer's inputs since the start of its window or stream, for every
 * sample of a minibatch. Immutable.
 */
public final class RunningFlow {

  private static final RunningFlow AT_START = new RunningFlow(null, null);

  private final FeatureShape shape;
  private final double[][] sums;

  private RunningFlow(FeatureShape shape, double[][] sums) {
    this.shape = shape;
    this.sums = sums;
  }

  /** The flow before the first step, for any number of samples. */
  public static RunningFlow atStart() {
    return AT_START;
  }

  /**
   * A flow from its numbers; the arrays are not copied.
   *
   * @param sums [sample][neuron], neurons in order of position and channel
   * @throws IllegalArgumentException if a number is not finite
   */
  public static RunningFlow of(FeatureShape shape, double[][] sums) {
    for (double[] sample : sums) {
      for (double sum : sample) {
        Require.finite("flow of a state", sum);
      }
    }
    return new RunningFlow(shape, sums);
  }

  /** The flow of some of the samples, by their indices. */
  public RunningFlow ofSamples(int... samples) {
    return isAtStart()
        ? this
        : new RunningFlow(
            shape, IntStream.of(samples).mapToObj(i -> sums[i]).toArray(double[][]::new));
  }

  /** Whether no step was done yet; true for {@link #atStart()}. */
  public boolean isAtStart() {
    return sums == null;
  }

  /**
   * Whether all sums are whole numbers, as those of spikes of amplitude 1 are; true at the start.
   */
  boolean isWhole() {
    return isAtStart()
        || Arrays.stream(sums)
            .flatMapToDouble(Arrays::stream)
            .allMatch(sum -> sum == Math.rint(sum));
  }

  /** The shape of the inputs; null before the first step. */
  public FeatureShape shape() {
    return shape;
  }

  /** Number of samples; 0 before the first step. */
  public int minibatch() {
    return isAtStart() ? 0 : sums.length;
  }

  /** All sums; empty before the first step. */
  public double[] inOrderOfArrays() {
    int neurons = isAtStart() ? 0 : shape.neurons();
    double[] numbers = new double[Math.multiplyExact(minibatch(), neurons)];
    for (int sample = 0; sample < minibatch(); sample++) {
      for (int i = 0; i < neurons; i++) {
        numbers[sample * neurons + shape.arrayIndex(i)] = sums[sample][i];
      }
    }
    return numbers;
  }

  /** {@return the sums of a sample: a new array, neurons in order of position and channel} */
  public double[] copy(int sample, int neurons) {
    return isAtStart() ? new double[neurons] : sums[sample].clone();
  }

  /** Checks that this is the flow of some inputs. */
  void requireOf(FeatureShape inputs, int minibatch) {
    Require.not(
        !isAtStart() && (!shape.equals(inputs) || sums.length != minibatch),
        "state must be one of %s samples of %s inputs, got one of %s. Possible"
            + " cause: it belongs to another layer or minibatch; rnnClearPreviousState()"
            + " starts a new stream",
        minibatch,
        inputs,
        this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RunningFlow that
        && (shape == null ? that.shape == null : shape.equals(that.shape))
        && Arrays.deepEquals(sums, that.sums);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(sums);
  }

  @Override
  public String toString() {
    return isAtStart() ? "no step" : sums.length + " samples of " + shape + " inputs";
  }
}
