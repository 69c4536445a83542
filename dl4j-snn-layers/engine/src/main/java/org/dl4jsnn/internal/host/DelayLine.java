package org.dl4jsnn.internal.host;

import java.util.BitSet;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.memory.SpikeTrainMemory;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The state of a delay layer between two steps: the last input steps, as many as its longest delay.
 * Steps before the first input have no spikes and take no memory. Immutable.
 */
public final class DelayLine {

  private static final DelayLine EMPTY = new DelayLine(0, null);

  /** D. */
  private final int steps;

  /** The newest of the D steps. */
  private final SpikeTrain spikes;

  private DelayLine(int steps, SpikeTrain spikes) {
    this.steps = steps;
    this.spikes = spikes;
  }

  /** The line before the first step, for any number of samples. */
  public static DelayLine empty() {
    return EMPTY;
  }

  /** The line of D steps, of which the newest were taken in. */
  public static DelayLine of(int steps, SpikeTrain spikes) {
    return new DelayLine(steps, spikes);
  }

  /**
   * A line from its numbers.
   *
   * @param held the newest of them, which the numbers are of
   * @param numbers amplitudes, sample after sample and step after step, the neurons in array order
   * @throws IllegalArgumentException if a number does not fit single precision, or the spikes
   *     exceed the memory
   */
  public static DelayLine of(FeatureShape shape, int steps, int held, double[] numbers) {
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
    int minibatch = numbers.length / held / shape.neurons();
    return new DelayLine(
        steps, unit ? bits(shape, minibatch, held, ones) : events(shape, minibatch, held, numbers));
  }

  /**
   * A line of one sample from its spikes of amplitude 1.
   *
   * @param held the newest of them, which the spikes are of
   * @param ones where they are: step after step, the neurons in array order
   * @throws IllegalArgumentException if the spikes exceed the memory
   */
  public static DelayLine of(FeatureShape shape, int steps, int held, BitSet ones) {
    return new DelayLine(steps, bits(shape, 1, held, ones));
  }

  private static SpikeTrain bits(FeatureShape shape, int minibatch, int steps, BitSet ones) {
    SpikeTrainMemory.requirePacked(minibatch, shape, steps);
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

  /** The line of some of the samples, by their indices. */
  public DelayLine ofSamples(int... samples) {
    return isEmpty()
        ? this
        : new DelayLine(steps, TrainPieces.of(spikes, samples, 0, spikes.steps()));
  }

  /** Whether no step was done yet; true for {@link #empty()}. */
  public boolean isEmpty() {
    return spikes == null;
  }

  /** D, the longest delay; 0 for an empty line. */
  public int steps() {
    return steps;
  }

  /** The newest of the D steps, oldest first: those that were taken in; null for an empty line. */
  public SpikeTrain spikes() {
    return spikes;
  }

  /** The number of amplitudes of all D steps, zeros included; 0 for an empty line. */
  public long size() {
    return isEmpty() ? 0 : (long) spikes.minibatch() * steps * spikes.shape().neurons();
  }

  /**
   * The amplitudes of all D steps.
   *
   * @return sample after sample and step after step, the neurons in array order
   * @throws IllegalArgumentException if an array cannot hold them
   */
  public double[] numbers() {
    double[] numbers = new double[requireSize()];
    FeatureShape shape = spikes.shape();
    SpikeEvents events = new SpikeEvents(shape);
    int before = steps - spikes.steps();
    for (int sample = 0; sample < spikes.minibatch(); sample++) {
      for (int step = 0; step < spikes.steps(); step++) {
        int first = (sample * steps + before + step) * shape.neurons();
        spikes.read(sample, step, events);
        for (int e = 0; e < events.size(); e++) {
          numbers[first + shape.arrayIndex(events.neuron(e))] = events.amplitude(e);
        }
      }
    }
    return numbers;
  }

  private int requireSize() {
    Require.not(
        size() > Integer.MAX_VALUE,
        "delayed spikes of a state must be at most %s, got %s. Possible cause: a"
            + " long delay of many neurons",
        Integer.MAX_VALUE,
        size());
    return (int) size();
  }

  /** Checks that this is the line of some delays and samples. */
  void requireOf(FeatureShape shape, int minibatch, int steps) {
    boolean fits =
        isEmpty()
            || spikes.shape().equals(shape)
                && spikes.minibatch() == minibatch
                && this.steps == steps;
    if (!fits) {
      throw new IllegalArgumentException(
          "state must hold "
              + describe(minibatch, steps, shape)
              + ", got "
              + describe(spikes.minibatch(), this.steps, spikes.shape())
              + ". Possible cause: it belongs to another layer or minibatch; "
              + "rnnClearPreviousState() starts a new stream");
    }
  }

  private static String describe(int minibatch, int steps, FeatureShape shape) {
    return steps + " steps of " + minibatch + " samples of " + shape + " neurons";
  }
}
