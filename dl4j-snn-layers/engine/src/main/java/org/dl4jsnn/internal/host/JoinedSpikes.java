package org.dl4jsnn.internal.host;

import java.util.Arrays;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.EventSpikeTrain;
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
    return train instanceof EventSpikeTrain
        && train.unitSpikes()
        && BitLayout.of(shape).perStep() <= MOST_WORDS * eventsPerStep;
  }

  /**
   * Some steps of ordinary spikes, taken for each neuron from its delay earlier.
   *
   * @param masks the delays; null for none
   */
  SpikeTrain bits(int first, int steps, DelayMasks masks) {
    BitLayout layout = BitLayout.of(train.shape());
    int before = line.isEmpty() ? 0 : line.spikes().steps();
    int begin = (before + first) * layout.perStep();
    int[][] words = new int[train.minibatch()][];
    ParallelSamples.run(
        words.length,
        () ->
            sample -> {
              int[] all = layout.words(before + train.steps());
              if (before > 0) {
                put(line.spikes(), sample, layout, all, 0);
              }
              put(train, sample, layout, all, before);
              if (masks != null) {
                masks.delay(all, steps);
              }
              boolean isAll = begin == 0 && all.length == steps * layout.perStep();
              words[sample] =
                  isAll ? all : Arrays.copyOfRange(all, begin, begin + steps * layout.perStep());
            });
    return new BinarySpikeTrain(train.shape(), steps, words);
  }

  /** Writes the words of a sample, from a step on. */
  private static void put(SpikeTrain train, int sample, BitLayout layout, int[] words, int first) {
    if (train instanceof BinarySpikeTrain packed) {
      int[] from = packed.words(sample);
      System.arraycopy(from, 0, words, first * layout.perStep(), from.length);
      return;
    }
    EventSpikeTrain.Sample events = ((EventSpikeTrain) train).sample(sample);
    int[] places = layout.places(train.shape());
    int channels = train.shape().channels();
    for (int step = 0; step < train.steps(); step++) {
      int plane = layout.plane(first + step, 0);
      for (int e = events.firstOfStep()[step]; e < events.firstOfStep()[step + 1]; e++) {
        int neuron = events.neurons()[e];
        int position = places.length == 1 ? 0 : neuron / channels;
        int channel = neuron - position * channels;
        int word = plane + channel / BitLayout.WORD * layout.planeSize() + places[position];
        words[word] |= 1 << channel;
      }
    }
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
