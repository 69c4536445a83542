package org.dl4jsnn.internal.spike;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.dl4jsnn.spike.FeatureShape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpikeCountsTest {

  private static final FeatureShape SHAPE = FeatureShape.image(45, 5, 3);
  private static final int SAMPLES = 3;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8, 100, 255, 256, 1000})
  void shouldCountEverySpike(int steps) {
    BitLayout layout = BitLayout.of(SHAPE);
    int[] places = layout.places(SHAPE);
    Random random = new Random(steps);
    int[][] words = new int[SAMPLES][];
    float[] expected = new float[SAMPLES * SHAPE.neurons()];
    long spikes = 0;
    for (int sample = 0; sample < SAMPLES; sample++) {
      words[sample] = layout.words(steps);
      for (int neuron = 0; neuron < SHAPE.neurons(); neuron++) {
        int channel = neuron % SHAPE.channels();
        int place = places[neuron / SHAPE.channels()];
        // One neuron in eight fires at every step.
        double rate = neuron % 8 == 0 ? 1 : random.nextDouble();
        for (int step = 0; step < steps; step++) {
          if (random.nextDouble() < rate) {
            words[sample][layout.plane(step, channel) + place] |= 1 << channel;
            expected[sample * SHAPE.neurons() + SHAPE.arrayIndex(neuron)]++;
            spikes++;
          }
        }
      }
    }
    BinarySpikeTrain train = new BinarySpikeTrain(SHAPE, steps, words);
    assertArrayEquals(expected, train.totals());
    assertEquals(spikes, train.counts().sum());
    assertEquals((double) spikes / steps / expected.length, train.density());
    for (int count : new int[] {steps, 1, 1 << 20}) {
      requireCleared(train.counts(), count, expected);
    }
  }

  private static void requireCleared(SpikeCounts counts, int count, float[] totals) {
    for (int sample = 0; sample < SAMPLES; sample++) {
      float[] values = new float[SHAPE.neurons()];
      Arrays.fill(values, 2);
      counts.clearWhere(sample, count, values);
      for (int i = 0; i < values.length; i++) {
        float total = totals[sample * values.length + i];
        assertEquals(total == count ? 0 : 2, values[i], count + ", neuron with " + total);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "3, 2", "4, 3", "127, 7", "128, 8"})
  void shouldHaveNoMoreDigitsThanTheStepsNeed(int steps, int digits) {
    SpikeCounter counter = new SpikeCounter(FeatureShape.vector(40), steps);
    assertEquals(2 * digits, counter.count(new int[2 * steps]).length);
  }
}
