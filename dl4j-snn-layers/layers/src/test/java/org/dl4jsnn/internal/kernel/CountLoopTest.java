package org.dl4jsnn.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.dl4jsnn.internal.spike.SpikeCounts;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectorised loop that turns spike counts into numbers against the plain one. */
class CountLoopTest {

  private static final int SAMPLES = 2;
  private static final int FIRST = 3;

  /** Channels up to and beyond a word; positions up to, at and beyond whole vectors. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 2",
    "32, 1, 1, 5",
    "33, 3, 5, 3",
    "45, 4, 4, 5",
    "20, 28, 28, 7",
    "64, 7, 7, 24",
    "5, 17, 1, 2"
  })
  void shouldGiveTheSameNumbers(int channels, int height, int width, int rows) {
    assumeTrue(Kernels.vectorModulePresent(), "this Java has no jdk.incubator.vector");
    FeatureShape shape = FeatureShape.image(channels, height, width);
    int planes = (channels + Integer.SIZE - 1) / Integer.SIZE;
    int[][] digits = new int[SAMPLES][planes * rows * shape.positions()];
    Random random = new Random(channels);
    for (int[] ofSample : digits) {
      for (int i = 0; i < ofSample.length; i++) {
        ofSample[i] = random.nextInt();
      }
    }
    SpikeCounts counts = new SpikeCounts(shape, digits);
    float[] expected = new float[FIRST + shape.neurons()];
    float[] got = new float[expected.length];
    SpikeCounts.Reader plain = Kernels.named("plain").reader(counts);
    SpikeCounts.Reader vector = Kernels.named("vector").reader(counts);
    for (int sample = SAMPLES - 1; sample >= 0; sample--) {
      plain.read(sample, expected, FIRST);
      vector.read(sample, got, FIRST);
      assertArrayEquals(expected, got);
    }
  }
}
