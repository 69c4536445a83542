package org.dl4jsnn.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivationDistributionTest {

  private static final double[] VALUES = values();

  private static double[] values() {
    Random random = new Random(3);
    double[] values = new double[20_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.abs(random.nextGaussian());
    }
    values[17] = 30; // far from all others
    return values;
  }

  private static ActivationDistribution distribution(double... values) {
    double maximum = 0;
    for (double value : values) {
      maximum = Math.max(maximum, value);
    }
    int[] counts = new int[2 * ActivationDistribution.BINS];
    for (double value : values) {
      if (value > 0) {
        counts[ActivationDistribution.BINS + ActivationDistribution.bin(value, maximum)]++;
      }
    }
    return new ActivationDistribution(maximum, counts, 1);
  }

  @Test
  void shouldFindPercentilesUpToTheWidthOfABin() {
    ActivationDistribution distribution = distribution(VALUES);
    double[] sorted = VALUES.clone();
    java.util.Arrays.sort(sorted);
    double expected = sorted[(int) (0.999 * sorted.length) - 1];
    assertEquals(expected, distribution.percentile(99.9), 30.0 / ActivationDistribution.BINS);
    assertEquals(30, distribution.percentile(100));
    assertEquals(30, distribution.maximum());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8, 32})
  void shouldFindTheScaleWithTheLeastSquaredError(int steps) {
    double chosen = Scales.meanSquare().of(distribution(VALUES), steps);
    double least = error(chosen, steps);
    for (double scale = 0.3; scale <= 30; scale += 0.3) {
      assertTrue(least <= error(scale, steps) * 1.01, chosen + " is not better than " + scale);
    }
    assertTrue(chosen < 15, "one large value must not decide, got " + chosen);
  }

  private static double error(double scale, int steps) {
    double sum = 0;
    for (double value : VALUES) {
      double spikes = Math.min(steps, Math.floor(steps * value / scale + 0.5));
      sum += Math.pow(value - spikes * scale / steps, 2);
    }
    return sum;
  }

  @Test
  void shouldSayZeroOfASilentChannel() {
    ActivationDistribution silent = distribution(0, 0);
    assertEquals(0, silent.maximum());
    assertEquals(0, silent.percentile(50));
    assertEquals(0, silent.squaredError(1, 8));
  }

  @Test
  void shouldRefuseWhatIsOutOfRange() {
    ActivationDistribution distribution = distribution(1, 2);
    assertThrows(IllegalArgumentException.class, () -> distribution.percentile(0));
    assertThrows(IllegalArgumentException.class, () -> distribution.percentile(101));
    assertThrows(IllegalArgumentException.class, () -> distribution.squaredError(0, 8));
    assertThrows(IllegalArgumentException.class, () -> distribution.squaredError(1, 0));
  }
}
