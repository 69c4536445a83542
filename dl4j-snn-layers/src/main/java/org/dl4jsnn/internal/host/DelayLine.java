package org.dl4jsnn.internal.host;

import java.util.BitSet;
import org.dl4jsnn.spike.BinarySpikeTrain;
import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The state of a delay layer between two steps: the last input steps, as many as its longest delay.
 * Immutable.
 */
public final class DelayLine {

  private static final DelayLine EMPTY = new DelayLine(null);

  private final SpikeTrain spikes;

  private DelayLine(SpikeTrain spikes) {
    this.spikes = spikes;
  }

  /**
   * The line before the first step, for any number of samples.
   *
   * @return no spikes
   */
  public static DelayLine empty() {
    return EMPTY;
  }

  /** The line that holds some steps. */
  static DelayLine of(SpikeTrain spikes) {
    return new DelayLine(spikes);
  }

  /**
   * A line from its numbers.
   *
   * @param shape the shape of the neurons
   * @param steps the number of steps held
   * @param numbers amplitudes, sample after sample and step after step, the neurons in array order
   * @return the line
   * @throws IllegalArgumentException if a number does not fit single precision
   */
  public static DelayLine of(FeatureShape shape, int steps, double[] numbers) {
    boolean unit = true;
    BitSet ones = new BitSet();
    int next = 0;
    for (double number : numbers) {
      if ((float) number != number || Double.isInfinite(number)) {
        throw new IllegalArgumentException(
            "amplitudes of a state must be finite numbers of single precision, got " + number);
      }
      unit &= number == 0 || number == 1;
      ones.set(next++, number == 1);
    }
    int minibatch = numbers.length / steps / shape.neurons();
    return new DelayLine(
        unit ? bits(shape, minibatch, steps, ones) : events(shape, minibatch, steps, numbers));
  }

  /**
   * A line of one sample from its spikes of amplitude 1.
   *
   * @param shape the shape of the neurons
   * @param steps the number of steps held
   * @param ones where they are: step after step, the neurons in array order
   * @return the line
   */
  public static DelayLine of(FeatureShape shape, int steps, BitSet ones) {
    return new DelayLine(bits(shape, 1, steps, ones));
  }

  private static SpikeTrain bits(FeatureShape shape, int minibatch, int steps, BitSet ones) {
    BitLayout layout = BitLayout.of(shape);
    int[] places = layout.places(shape);
    int[][] words = new int[minibatch][];
    int next = 0;
    for (int sample = 0; sample < minibatch; sample++) {
      words[sample] = layout.words(steps);
      for (int step = 0; step < steps; step++) {
        for (int channel = 0; channel < shape.channels(); channel++) {
          int plane = layout.plane(step, channel);
          for (int place : places) {
            words[sample][plane + place] |= ones.get(next++) ? 1 << channel : 0;
          }
        }
      }
    }
    return new BinarySpikeTrain(shape, steps, words);
  }

  private static SpikeTrain events(FeatureShape shape, int minibatch, int steps, double[] numbers) {
    return MergedSpikeTrains.of(
        shape,
        minibatch,
        steps,
        () ->
            (sample, step, amplitudes) -> {
              int first = (sample * steps + step) * amplitudes.length;
              for (int neuron = 0; neuron < amplitudes.length; neuron++) {
                amplitudes[neuron] = (float) numbers[first + shape.arrayIndex(neuron)];
              }
            });
  }

  /**
   * Whether no step was done yet.
   *
   * @return true for {@link #empty()}
   */
  public boolean isEmpty() {
    return spikes == null;
  }

  /**
   * The steps held, oldest first.
   *
   * @return the spikes; null for an empty line
   */
  public SpikeTrain spikes() {
    return spikes;
  }

  /**
   * The number of amplitudes held, zeros included.
   *
   * @return samples · steps · neurons; 0 for an empty line
   */
  public long size() {
    return isEmpty() ? 0 : (long) spikes.minibatch() * spikes.steps() * spikes.shape().neurons();
  }

  /**
   * The amplitudes of the steps held.
   *
   * @return sample after sample and step after step, the neurons in array order
   * @throws IllegalArgumentException if an array cannot hold them
   */
  public double[] numbers() {
    double[] numbers = new double[requireSize()];
    each((index, amplitude) -> numbers[index] = amplitude);
    return numbers;
  }

  /**
   * Where the steps held have spikes, one bit each.
   *
   * @return sample after sample and step after step, the neurons in array order
   * @throws IllegalArgumentException if a set cannot hold them
   */
  public BitSet ones() {
    BitSet ones = new BitSet(requireSize());
    each((index, amplitude) -> ones.set(index, amplitude != 0));
    return ones;
  }

  private int requireSize() {
    if (size() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "delayed spikes of a state must be at most "
              + Integer.MAX_VALUE
              + ", got "
              + size()
              + ". Possible cause: a long delay of many neurons");
    }
    return (int) size();
  }

  /** Takes a spike. */
  @FunctionalInterface
  private interface Taker {

    /**
     * Takes it.
     *
     * @param index its index among all amplitudes held
     * @param amplitude its amplitude
     */
    void take(int index, float amplitude);
  }

  private void each(Taker taker) {
    FeatureShape shape = spikes.shape();
    SpikeEvents events = new SpikeEvents(shape);
    for (int sample = 0; sample < spikes.minibatch(); sample++) {
      for (int step = 0; step < spikes.steps(); step++) {
        int first = (sample * spikes.steps() + step) * shape.neurons();
        spikes.read(sample, step, events);
        for (int e = 0; e < events.size(); e++) {
          taker.take(first + shape.arrayIndex(events.neuron(e)), events.amplitude(e));
        }
      }
    }
  }

  /** Checks that this is the line of some delays and samples. */
  void requireOf(FeatureShape shape, int minibatch, int steps) {
    boolean fits =
        isEmpty()
            || spikes.shape().equals(shape)
                && spikes.minibatch() == minibatch
                && spikes.steps() == steps;
    if (!fits) {
      throw new IllegalArgumentException(
          "state must hold "
              + describe(minibatch, steps, shape)
              + ", got "
              + describe(spikes.minibatch(), spikes.steps(), spikes.shape())
              + ". Possible cause: it belongs to another layer or minibatch; "
              + "rnnClearPreviousState() starts a new stream");
    }
  }

  private static String describe(int minibatch, int steps, FeatureShape shape) {
    return steps + " steps of " + minibatch + " samples of " + shape + " neurons";
  }
}
