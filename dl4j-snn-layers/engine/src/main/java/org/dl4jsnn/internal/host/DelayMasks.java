package org.dl4jsnn.internal.host;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Which neurons have which delay, as bits of the words of a step. A word is delayed by every delay
 * of its 32 channels, one at a time.
 *
 * <p>A delay that many words have comes as a mask of all words, repeated for some steps: its loop
 * runs through consecutive words of several steps, so that it becomes vector instructions. Other
 * delays come as a list of words.
 *
 * @param layout the words of a step
 * @param words for every different delay, the words with a neuron of that delay; null for all words
 * @param bits for each of these words, those neurons; for all words, as often as there are steps
 * @param delays the different delays, in time steps
 */
record DelayMasks(BitLayout layout, int[][] words, int[][] bits, int[] delays) {

  /** As many words as make a loop worth a vector instruction. */
  private static final int LOOP = 256;

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
    int[] all = new int[(LOOP - 1) / perStep * perStep + perStep];
    for (int first = 0; first < all.length; first += perStep) {
      for (int w = 0; w < words.length; w++) {
        all[first + words[w]] = bits[w];
      }
    }
    return all;
  }

  /** All neurons at once, without delay. */
  static DelayMasks none(FeatureShape shape) {
    BitLayout layout = BitLayout.of(shape);
    int[] bits = new int[layout.perStep()];
    Arrays.fill(bits, -1);
    return new DelayMasks(layout, new int[1][], new int[][] {bits}, new int[1]);
  }

  /** Adds the neurons of a delay, from words of some steps to words of as many others. */
  void copy(int delay, int[] from, int firstFrom, int[] to, int firstTo, int steps) {
    int length = steps * layout.perStep();
    int[] masks = bits[delay];
    if (words[delay] == null) {
      for (int begin = 0; begin < length; begin += masks.length) {
        add(
            masks,
            from,
            firstFrom + begin,
            to,
            firstTo + begin,
            Math.min(masks.length, length - begin));
      }
      return;
    }
    for (int begin = 0; begin < length; begin += layout.perStep()) {
      for (int w = 0; w < masks.length; w++) {
        int word = begin + words[delay][w];
        to[firstTo + word] |= from[firstFrom + word] & masks[w];
      }
    }
  }

  private static void add(
      int[] masks, int[] from, int firstFrom, int[] to, int firstTo, int count) {
    for (int i = 0; i < count; i++) {
      to[firstTo + i] |= from[firstFrom + i] & masks[i];
    }
  }
}
