package org.dl4jsnn.internal.host;

import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/**
 * The spikes of a window, starting at step 0, and those of the line before it, at steps below 0;
 * before the line there are no spikes.
 */
record JoinedSpikes(DelayLine line, SpikeTrain train) {

  /** The train that holds a step; null before the line. */
  private SpikeTrain holding(int step) {
    if (step >= 0) {
      return train;
    }
    return line.isEmpty() || -step > line.spikes().steps() ? null : line.spikes();
  }

  /** Reads a step; false before the line. */
  boolean read(int sample, int step, SpikeEvents events) {
    SpikeTrain held = holding(step);
    if (held != null) {
      held.read(sample, index(step), events);
    }
    return held != null;
  }

  /** The index of a step in its train. */
  private int index(int step) {
    return step < 0 ? step + line.spikes().steps() : step;
  }

  /**
   * Some steps, taken for each neuron from a number of steps earlier.
   *
   * @param delays the number of steps for every neuron, in array order
   */
  SpikeTrain delayed(int first, int steps, int[] delays, int[] different) {
    boolean isBinary =
        train instanceof BinarySpikeTrain
            && (line.isEmpty() || line.spikes() instanceof BinarySpikeTrain);
    return isBinary
        ? bits(first, steps, delays, different)
        : events(first, steps, delays, different);
  }

  /** Copies the ordinary spikes of a step of a sample. */
  @FunctionalInterface
  private interface StepCopy {

    /**
     * Copies.
     *
     * @param step the step, counted from the first
     */
    void copy(int sample, int step, int[] to);
  }

  private SpikeTrain bits(int first, int steps, int[] delays, int[] different) {
    BitLayout layout = BitLayout.of(train.shape());
    // Masks of many delays would take more memory and time than the neurons.
    boolean byMasks = (long) different.length * layout.perStep() <= delays.length;
    StepCopy copy =
        byMasks ? byMasks(layout, first, delays, different) : oneByOne(layout, first, delays);
    int[][] words = new int[train.minibatch()][];
    ParallelSamples.run(
        words.length,
        () ->
            sample -> {
              int[] to = layout.words(steps);
              for (int step = 0; step < steps; step++) {
                copy.copy(sample, step, to);
              }
              words[sample] = to;
            });
    return new BinarySpikeTrain(train.shape(), steps, words);
  }

  /** 32 channels at a time. */
  private StepCopy byMasks(BitLayout layout, int first, int[] delays, int[] different) {
    int[][] masks = new int[different.length][];
    for (int k = 0; k < masks.length; k++) {
      masks[k] = mask(layout, delays, different[k]);
    }
    int perStep = layout.perStep();
    return (sample, step, to) -> {
      for (int k = 0; k < masks.length; k++) {
        int source = first + step - different[k];
        if (holding(source) instanceof BinarySpikeTrain held) {
          int[] from = held.words(sample);
          int place = index(source) * perStep;
          for (int word = 0; word < perStep; word++) {
            to[step * perStep + word] |= from[place + word] & masks[k][word];
          }
        }
      }
    };
  }

  private StepCopy oneByOne(BitLayout layout, int first, int[] delays) {
    FeatureShape shape = train.shape();
    int[] places = layout.places(shape);
    int perStep = layout.perStep();
    return (sample, step, to) -> {
      for (int i = 0; i < delays.length; i++) {
        int source = first + step - delays[i];
        if (holding(source) instanceof BinarySpikeTrain held) {
          int channel = i / shape.positions();
          int word = layout.plane(0, channel) + places[i % shape.positions()];
          int spike = held.words(sample)[index(source) * perStep + word] & 1 << channel;
          to[step * perStep + word] |= spike;
        }
      }
    };
  }

  /** The bits of the neurons with a given delay. */
  private int[] mask(BitLayout layout, int[] delays, int delay) {
    FeatureShape shape = train.shape();
    int[] places = layout.places(shape);
    int[] mask = layout.words(1);
    for (int i = 0; i < delays.length; i++) {
      if (delays[i] == delay) {
        int channel = i / shape.positions();
        mask[layout.plane(0, channel) + places[i % shape.positions()]] |= 1 << channel;
      }
    }
    return mask;
  }

  private SpikeTrain events(int first, int steps, int[] delays, int[] different) {
    FeatureShape shape = train.shape();
    return MergedSpikeTrains.of(
        shape,
        train.minibatch(),
        steps,
        () -> {
          SpikeEvents events = new SpikeEvents(shape);
          return (sample, step, amplitudes) -> {
            for (int delay : different) {
              int source = first + step - delay;
              SpikeTrain held = holding(source);
              if (held != null) {
                held.read(sample, index(source), events);
                for (int e = 0; e < events.size(); e++) {
                  if (delays[shape.arrayIndex(events.neuron(e))] == delay) {
                    amplitudes[events.neuron(e)] = events.amplitude(e);
                  }
                }
              }
            }
          };
        });
  }
}
