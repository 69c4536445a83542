package org.dl4jsnn.internal.host;

import java.util.Arrays;
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

  /** Per event: sparser trains of events stay what they are. */
  private static final int MOST_WORDS = 2;

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

  /** Whether all spikes are ordinary ones, packed as bits or in no fewer words if they were. */
  boolean isBinary() {
    return isBinary(train) && (line.isEmpty() || isBinary(line.spikes()));
  }

  private static boolean isBinary(SpikeTrain train) {
    if (train instanceof BinarySpikeTrain) {
      return true;
    }
    FeatureShape shape = train.shape();
    double eventsPerStep = train.density() * shape.neurons();
    return train.unitSpikes() && BitLayout.of(shape).perStep() <= MOST_WORDS * eventsPerStep;
  }

  /** Some steps of ordinary spikes, taken for each neuron from its delay earlier. */
  SpikeTrain bits(int first, int steps, DelayMasks masks) {
    return bits(steps, (all, before) -> masks.delayed(all, before + first, steps));
  }

  /** Some steps of ordinary spikes. */
  SpikeTrain bits(int first, int steps) {
    int perStep = BitLayout.of(train.shape()).perStep();
    return bits(
        steps,
        (all, before) -> {
          int begin = (before + first) * perStep;
          return Arrays.copyOfRange(all, begin, begin + steps * perStep);
        });
  }

  /** From the words of all steps, and the number of those of the line. */
  private interface Words {
    int[] of(int[] all, int before);
  }

  private SpikeTrain bits(int steps, Words taken) {
    BitLayout layout = BitLayout.of(train.shape());
    int before = line.isEmpty() ? 0 : line.spikes().steps();
    int[][] words = new int[train.minibatch()][];
    ParallelSamples.run(
        words.length,
        () ->
            sample -> {
              int[] all = words(train, sample, layout);
              if (before > 0) {
                int[] earlier = words(line.spikes(), sample, layout);
                int[] joined = Arrays.copyOf(earlier, earlier.length + all.length);
                System.arraycopy(all, 0, joined, earlier.length, all.length);
                all = joined;
              }
              words[sample] = taken.of(all, before);
            });
    return new BinarySpikeTrain(train.shape(), steps, words);
  }

  private static int[] words(SpikeTrain train, int sample, BitLayout layout) {
    if (train instanceof BinarySpikeTrain packed) {
      return packed.words(sample);
    }
    SpikeEvents events = new SpikeEvents(train.shape());
    int[] words = layout.words(train.steps());
    int[] places = layout.places(train.shape());
    for (int step = 0; step < train.steps(); step++) {
      train.read(sample, step, events);
      for (int e = 0; e < events.size(); e++) {
        int channel = events.channel(e);
        words[layout.plane(step, channel) + places[events.position(e)]] |= 1 << channel;
      }
    }
    return words;
  }

  /**
   * Some steps, taken for each neuron from its delay earlier.
   *
   * @param delays the number of steps for every neuron, in array order
   */
  SpikeTrain events(int first, int steps, int[] delays, int longest) {
    FeatureShape shape = train.shape();
    int[] ofNeurons = new int[delays.length];
    for (int i = 0; i < ofNeurons.length; i++) {
      ofNeurons[i] = delays[shape.arrayIndex(i)];
    }
    return MergedSpikeTrains.of(
        shape,
        train.minibatch(),
        steps,
        () -> {
          LeavingEvents leaving = new LeavingEvents(shape, steps);
          return (sample, step, amplitudes) -> {
            if (step == 0) {
              leaving.collect(sample, first, ofNeurons, longest);
            }
            leaving.put(step, amplitudes);
          };
        });
  }

  /** The events of one sample by the step at which they leave. Scratch memory, one per task. */
  private final class LeavingEvents {

    private final SpikeEvents events;
    private final int[][] neurons;
    private final float[][] amplitudes;
    private final int[] counts;

    LeavingEvents(FeatureShape shape, int steps) {
      events = new SpikeEvents(shape);
      neurons = new int[steps][0];
      amplitudes = new float[steps][0];
      counts = new int[steps];
    }

    /** Reads every step once. */
    void collect(int sample, int first, int[] delays, int longest) {
      Arrays.fill(counts, 0);
      long before = line.isEmpty() ? 0 : line.spikes().steps();
      int begin = (int) Math.max(-before, (long) first - longest);
      for (int source = begin; source < first + counts.length; source++) {
        read(sample, source, events);
        for (int e = 0; e < events.size(); e++) {
          long step = (long) source + delays[events.neuron(e)] - first;
          if (step >= 0 && step < counts.length) {
            add((int) step, events.neuron(e), events.amplitude(e));
          }
        }
      }
    }

    private void add(int step, int neuron, float amplitude) {
      int count = counts[step]++;
      if (count == neurons[step].length) {
        neurons[step] = Arrays.copyOf(neurons[step], 2 * count + 8);
        amplitudes[step] = Arrays.copyOf(amplitudes[step], 2 * count + 8);
      }
      neurons[step][count] = neuron;
      amplitudes[step][count] = amplitude;
    }

    void put(int step, float[] target) {
      for (int e = 0; e < counts[step]; e++) {
        target[neurons[step][e]] = amplitudes[step][e];
      }
    }
  }
}
