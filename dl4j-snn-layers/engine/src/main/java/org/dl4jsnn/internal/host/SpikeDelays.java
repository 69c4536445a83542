package org.dl4jsnn.internal.host;

import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.memory.SpikeTrainMemory;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * Delays of a layer's spikes (equation 78 of docs/mathematics.md):
 *
 * <pre>
 *  line: the last D steps before │ train: T steps
 *  ──────────────────────────────┼───────────────
 *    delayed: T steps, each neuron from d steps before
 *                        the next line: the last D ──
 * </pre>
 */
public final class SpikeDelays {

  private final FeatureShape shape;

  /** The delay of every neuron in array order. */
  private final int[] steps;

  private final int longest;

  /** Made when spikes of bits are first delayed. */
  private volatile DelayMasks masks;

  private SpikeDelays(FeatureShape shape, int[] steps, int longest) {
    this.shape = shape;
    this.steps = steps;
    this.longest = longest;
  }

  /**
   * The longest delay of a layer. Throws an IllegalArgumentException if there are none or one is
   * negative.
   */
  public static int longest(int... steps) {
    Require.not(
        Require.given("steps", steps).length == 0, "steps must be at least one delay, got none");
    int longest = 0;
    for (int delay : steps) {
      longest = Math.max(longest, Require.atLeast("steps", delay, 0));
    }
    return longest;
  }

  /**
   * The delays of a layer.
   *
   * @param steps d: one for the layer, one per channel, or one per neuron in array order
   * @throws IllegalArgumentException if their number fits none of these, or one is negative
   */
  public static SpikeDelays of(int[] steps, FeatureShape shape) {
    return of(steps, longest(steps), shape);
  }

  /** The same, whose line holds as many steps as a given longest delay. */
  public static SpikeDelays of(int[] steps, int longest, FeatureShape shape) {
    requireCount(steps.length, shape);
    int[] ofNeurons = new int[shape.neurons()];
    int share = ofNeurons.length / steps.length;
    for (int i = 0; i < ofNeurons.length; i++) {
      ofNeurons[i] = steps[i / share];
    }
    return new SpikeDelays(shape, ofNeurons, longest);
  }

  /**
   * Checks how many delays there are. Throws an IllegalArgumentException if it is neither 1 nor the
   * number of channels or neurons.
   */
  public static void requireCount(int count, FeatureShape shape) {
    Require.not(
        count != 1 && count != shape.channels() && count != shape.neurons(),
        "steps must be 1 delay of the layer, %s of the channels or %s of the"
            + " neurons (%s), got %s",
        shape.channels(),
        shape.neurons(),
        shape,
        count);
  }

  /** The shape of the neurons. */
  public FeatureShape shape() {
    return shape;
  }

  /** d of every neuron; a copy, in array order. */
  public int[] steps() {
    return steps.clone();
  }

  /**
   * The delayed spikes of a window.
   *
   * @return the spikes that leave within the window
   * @throws IllegalArgumentException if the line belongs to other samples or delays
   */
  public SpikeTrain delayed(DelayLine line, SpikeTrain train) {
    line.requireOf(shape, train.minibatch(), longest);
    if (longest == 0) {
      return train;
    }
    JoinedSpikes joined = new JoinedSpikes(line, train);
    return joined.isBinary()
        ? joined.bits(0, train.steps(), masks())
        : joined.events(0, train.steps(), steps, longest);
  }

  /**
   * The line after a window.
   *
   * @return the spikes of both that leave later
   * @throws IllegalArgumentException if the line exceeds the memory
   */
  public DelayLine after(DelayLine line, SpikeTrain train) {
    if (longest == 0) {
      return line;
    }
    // A file may claim any delay: only what arrived takes memory.
    int before = line.isEmpty() ? 0 : line.spikes().steps();
    int held = (int) Math.min(longest, (long) before + train.steps());
    SpikeTrainMemory.requirePacked(train.minibatch(), shape, held);
    JoinedSpikes joined = new JoinedSpikes(line, train);
    int first = train.steps() - held;
    return DelayLine.of(
        longest,
        joined.isBinary()
            ? joined.bits(first, held, null)
            : joined.events(first, held, new int[steps.length], 0));
  }

  private DelayMasks masks() {
    DelayMasks known = masks;
    if (known == null) {
      known = DelayMasks.of(shape, steps);
      masks = known;
    }
    return known;
  }
}
