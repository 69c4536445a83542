package org.dl4jsnn.internal.host;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Which neurons have which delay, as bits of the words of a step. A word is delayed by every delay
 * of its 32 channels, one at a time.
 *
 * @param layout the words of a step
 * @param words for every different delay, the words with a neuron of that delay
 * @param bits for each of these words, those neurons
 * @param delays the different delays, in time steps
 */
record DelayMasks(BitLayout layout, int[][] words, int[][] bits, int[] delays) {

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
    return new DelayMasks(layout, words, bits, different);
  }

  /** All neurons at once, without delay. */
  static DelayMasks none(FeatureShape shape) {
    BitLayout layout = BitLayout.of(shape);
    int[] words = IntStream.range(0, layout.perStep()).toArray();
    int[] bits = new int[words.length];
    Arrays.fill(bits, -1);
    return new DelayMasks(layout, new int[][] {words}, new int[][] {bits}, new int[1]);
  }

  /** Adds the neurons of a delay, from words of one step to words of another. */
  void copy(int delay, int[] from, int firstFrom, int[] to, int firstTo) {
    int[] ofDelay = words[delay];
    int[] masks = bits[delay];
    for (int w = 0; w < ofDelay.length; w++) {
      to[firstTo + ofDelay[w]] |= from[firstFrom + ofDelay[w]] & masks[w];
    }
  }
}
