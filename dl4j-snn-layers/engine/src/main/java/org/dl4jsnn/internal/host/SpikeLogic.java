package org.dl4jsnn.internal.host;

import java.util.List;
import org.dl4jsnn.internal.parallel.ParallelSamples;
import org.dl4jsnn.internal.spike.BinarySpikeTrain;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.spike.SpikeEvents;
import org.dl4jsnn.spike.SpikeTrain;

/** Makes ordinary spikes of those of two trains with the same shape, samples and steps. */
public enum SpikeLogic {
  /** A spike where both trains have one. */
  AND {
    @Override
    int of(int first, int second) {
      return first & second;
    }
  },

  /** A spike where the first train has one and the second has none. */
  AND_NOT {
    @Override
    int of(int first, int second) {
      return first & ~second;
    }
  };

  /** Of 32 neurons at a time. */
  abstract int of(int first, int second);

  /**
   * The spikes of two trains.
   *
   * @throws IllegalArgumentException if a train has spikes of other amplitudes than 1
   */
  public SpikeTrain of(List<SpikeTrain> trains) {
    SpikeTrain first = trains.get(0);
    SpikeTrain second = trains.get(1);
    trains.forEach(train -> requireOrdinary(train.unitSpikes()));
    int[][] words = new int[first.minibatch()][];
    ParallelSamples.run(
        words.length,
        () -> {
          SpikeEvents events = new SpikeEvents(first.shape());
          return sample -> {
            int[] left = words(first, sample, events);
            int[] right = words(second, sample, events);
            int[] result = new int[left.length];
            for (int i = 0; i < result.length; i++) {
              result[i] = of(left[i], right[i]);
            }
            words[sample] = result;
          };
        });
    return new BinarySpikeTrain(first.shape(), first.steps(), words);
  }

  /** Refuses spikes of other amplitudes than 1. */
  public static void requireOrdinary(boolean areOrdinary) {
    if (!areOrdinary) { // at every step of a stream, so without an array of arguments
      throw new IllegalArgumentException(
          "spikes must be of amplitude 1 to be compared, got signed or graded ones. Possible cause:"
              + " they come from an encoding, a sum, dropout, a SpikeAccumulation, or a pooling"
              + " without neurons");
    }
  }

  private static int[] words(SpikeTrain train, int sample, SpikeEvents events) {
    if (train instanceof BinarySpikeTrain packed) {
      return packed.words(sample);
    }
    FeatureShape shape = train.shape();
    BitLayout layout = BitLayout.of(shape);
    int[] places = layout.places(shape);
    int[] words = layout.words(train.steps());
    for (int step = 0; step < train.steps(); step++) {
      train.read(sample, step, events);
      for (int e = 0; e < events.size(); e++) {
        int channel = events.channel(e);
        words[layout.plane(step, channel) + places[events.position(e)]] |= 1 << channel;
      }
    }
    return words;
  }
}
