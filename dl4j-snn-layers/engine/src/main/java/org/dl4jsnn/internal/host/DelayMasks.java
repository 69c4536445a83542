package org.dl4jsnn.internal.host;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Which neurons have which delay, as bits of the words of a step. A word is delayed by every delay
 * of its 32 channels, one at a time.
 *
 * <p>A delay that many words have comes as a mask of all words, repeated for some steps: one loop
 * runs through the words of these steps. Other delays come as a list of words.
 *
 * @param layout the words of a step
 * @param words for every different delay, the words with a neuron of that delay; null for all words
 * @param bits for each of these words, those neurons; for all words, as often as there are steps
 * @param delays the different delays, in time steps
 */
record DelayMasks(BitLayout layout, int[][] words, int[][] bits, int[] delays) {

  /** Words that make a loop worth vector instructions and stay in the first cache. */
  private static final int LOOP = 512;

  /** A list takes as long per word as so many words of a loop. */
  private static final int WORDS_PER_ENTRY = 8;

  /** The masks of delays, one per neuron in array order. */
  static DelayMasks of(FeatureShape shape, int[] steps, int[] different) {
    BitLayout layout = BitLayout.of(shape);
    int[] places = layout.places(shape);
    // One entry per word and delay that it has: at most one per neuron.
    long[] entries =
        IntStream.range(0, steps.length)
            .mapToLong(
                i -> {
                  int word = layout.plane(0, i / places.length) + places[i % places.length];
                  return ((long) steps[i] << Integer.SIZE | word);
                })
            .sorted()
            .distinct()
            .toArray();
    int[][] words = new int[different.length][];
    int[][] bits = new int[different.length][];
    int next = 0;
    for (int k = 0; k < different.length; k++) {
      int first = next;
      while (next < entries.length && entries[next] >>> Integer.SIZE == different[k]) {
        next++;
      }
      words[k] = new int[next - first];
      for (int w = 0; w < words[k].length; w++) {
        words[k][w] = (int) entries[first + w];
      }
      bits[k] = new int[words[k].length];
    }
    for (int i = 0; i < steps.length; i++) {
      int channel = i / places.length;
      int word = layout.plane(0, channel) + places[i % places.length];
      int k = Arrays.binarySearch(different, steps[i]);
      bits[k][Arrays.binarySearch(words[k], word)] |= 1 << channel;
    }
    for (int k = 0; k < different.length; k++) {
      if (words[k].length * WORDS_PER_ENTRY >= layout.perStep()) {
        bits[k] = repeated(words[k], bits[k], layout.perStep());
        words[k] = null;
      }
    }
    return new DelayMasks(layout, words, bits, different);
  }

  private static int[] repeated(int[] words, int[] bits, int perStep) {
    int[] all = new int[stepsOfLoop(perStep) * perStep];
    for (int first = 0; first < all.length; first += perStep) {
      for (int w = 0; w < words.length; w++) {
        all[first + words[w]] = bits[w];
      }
    }
    return all;
  }

  private static int stepsOfLoop(int perStep) {
    return (LOOP - 1) / perStep + 1;
  }

  /**
   * The words of some steps, each neuron's from its delay earlier.
   *
   * @param from words of steps, before which there are no spikes
   * @param first the step that comes first without delay
   */
  int[] delayed(int[] from, int first, int steps) {
    int perStep = layout.perStep();
    int[] to = layout.words(steps);
    int most = Math.min(steps, stepsOfLoop(perStep));
    int[] sum = new int[most * perStep];
    int[] scratch = new int[sum.length];
    for (int step = 0; step < steps; step += most) {
      int n = Math.min(most, steps - step);
      Arrays.fill(sum, 0);
      for (int k = 0; k < delays.length; k++) {
        int source = first + step - delays[k];
        int begin = Math.max(0, -source);
        if (begin < n && words[k] == null) {
          int at = begin * perStep;
          System.arraycopy(from, source * perStep + at, scratch, at, n * perStep - at);
          add(scratch, bits[k], sum, at, n * perStep);
        }
        for (int i = begin; i < n && words[k] != null; i++) {
          addListed(from, (source + i) * perStep, words[k], bits[k], sum, i * perStep);
        }
      }
      System.arraycopy(sum, 0, to, step * perStep, n * perStep);
    }
    return to;
  }

  /** Only equal indices become vector instructions: others may be of the same array. */
  private static void add(int[] from, int[] masks, int[] to, int begin, int end) {
    for (int i = begin; i < end; i++) {
      to[i] |= from[i] & masks[i];
    }
  }

  private static void addListed(
      int[] from, int firstFrom, int[] words, int[] masks, int[] to, int firstTo) {
    for (int w = 0; w < words.length; w++) {
      to[firstTo + words[w]] |= from[firstFrom + words[w]] & masks[w];
    }
  }
}
