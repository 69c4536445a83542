package org.dl4jsnn.kernel;

import java.util.Arrays;

/** The plain twin of the vectorised kernel; without branches, which random spikes mispredict. */
final class PlainCurrentKernel implements CurrentKernel {

  private static final int SIGN = Integer.SIZE - 1;
  private static final int ONE = Float.floatToRawIntBits(1);

  private final FireRule rule;

  PlainCurrentKernel(FireRule rule) {
    this.rule = rule;
  }

  @Override
  public void step(
      float[] current, float[] membrane, float[] counts, int[] words, int rows, int width) {
    Arrays.fill(words, 0, width, 0);
    for (int row = 0; row < rows; row++) {
      if (rule.subtractive()) {
        subtract(current, membrane, counts, words, row, width);
      } else {
        replace(current, membrane, counts, words, row, width);
      }
    }
  }

  private void replace(
      float[] current, float[] membrane, float[] counts, int[] words, int row, int width) {
    float threshold = rule.threshold();
    float leak = rule.leak();
    int value = Float.floatToRawIntBits(rule.resetValue());
    int bit = 1 << row;
    int first = row * WIDTH;
    for (int k = 0; k < width; k++) {
      float u = membrane[first + k] + current[first + k];
      int fired = Float.floatToRawIntBits(threshold - u) >> SIGN;
      int left = Float.floatToRawIntBits(u) & ~fired | value & fired;
      membrane[first + k] = Float.intBitsToFloat(left) * leak;
      counts[first + k] += Float.intBitsToFloat(fired & ONE);
      words[k] |= fired & bit;
    }
  }

  private void subtract(
      float[] current, float[] membrane, float[] counts, int[] words, int row, int width) {
    float threshold = rule.threshold();
    float leak = rule.leak();
    int taken = Float.floatToRawIntBits(threshold);
    int bit = 1 << row;
    int first = row * WIDTH;
    for (int k = 0; k < width; k++) {
      float u = membrane[first + k] + current[first + k];
      int fired = Float.floatToRawIntBits(threshold - u) >> SIGN;
      membrane[first + k] = (u - Float.intBitsToFloat(fired & taken)) * leak;
      counts[first + k] += Float.intBitsToFloat(fired & ONE);
      words[k] |= fired & bit;
    }
  }
}
