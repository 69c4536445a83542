package org.dl4jsnn.kernel;

import org.dl4jsnn.spike.BitLayout;
import org.dl4jsnn.spike.FeatureShape;

/**
 * Counts the spikes of every neuron of a sample, 32 neurons at a time: each plane holds one binary
 * digit of their counts, and a step's spikes are added to the planes as a carry that ripples.
 */
final class SpikeCounts {

  private SpikeCounts() {}

  /** Adds the spikes in a sample's words to its totals, which are in the order of arrays. */
  static void add(int[] words, BitLayout layout, FeatureShape shape, float[] totals, int offset) {
    int perStep = layout.perStep();
    int[] planes = new int[Integer.SIZE];
    int steps = words.length / perStep;
    int digits = Integer.SIZE - Integer.numberOfLeadingZeros(steps);
    for (int word = 0; word < perStep; word++) {
      if (count(words, word, perStep, planes)) {
        int position = word / layout.perPosition();
        int channel = word % layout.perPosition() * BitLayout.WORD;
        int first = offset + channel * shape.positions() + position;
        expand(planes, digits, totals, first, shape.positions());
      }
    }
  }

  /** Counts into the planes; returns false where there is no spike at all. */
  private static boolean count(int[] words, int word, int perStep, int[] planes) {
    int ones = 0;
    int twos = 0;
    int fours = 0;
    int any = 0;
    for (int at = word; at < words.length; at += perStep) {
      int spikes = words[at];
      any |= spikes;
      int two = ones & spikes;
      ones ^= spikes;
      int four = twos & two;
      twos ^= two;
      int carry = fours & four;
      fours ^= four;
      for (int digit = 3; carry != 0; digit++) {
        int next = planes[digit] & carry;
        planes[digit] ^= carry;
        carry = next;
      }
    }
    planes[0] = ones;
    planes[1] = twos;
    planes[2] = fours;
    return any != 0;
  }

  /** Adds the counts in the planes to the totals, and clears the planes. */
  private static void expand(int[] planes, int digits, float[] totals, int first, int stride) {
    for (int digit = 0; digit < digits; digit++) {
      float value = 1 << digit;
      for (int left = planes[digit]; left != 0; left &= left - 1) {
        totals[first + Integer.numberOfTrailingZeros(left) * stride] += value;
      }
      planes[digit] = 0;
    }
  }
}
