package org.dl4jsnn.examples.spoken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.dl4jsnn.event.cochlea.CochleaFile;
import org.dl4jsnn.event.cochlea.CochleaSpikes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CochleaTest {

  private static final Cochlea COCHLEA = new Cochlea();

  private static float[] tone(double frequency, double amplitude) {
    float[] sound = new float[Wave.RATE / 4];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = (float) (amplitude * Math.sin(2 * Math.PI * frequency * i / Wave.RATE));
    }
    return sound;
  }

  private static CochleaSpikes spikes(float[] sound) {
    return COCHLEA.spikes(sound, new Random(1));
  }

  private static int[] counts(CochleaSpikes spikes) {
    int[] counts = new int[CochleaFile.CHANNELS];
    IntStream.range(0, spikes.size()).forEach(i -> counts[spikes.channel(i)]++);
    return counts;
  }

  @ParameterizedTest
  @ValueSource(doubles = {150, 500, 1_000, 2_500, 6_000})
  void shouldHearAToneInTheChannelsAroundIt(double frequency) {
    int[] counts = counts(spikes(tone(frequency, 0.3)));
    double[] centres = Cochlea.centres();
    double middle =
        IntStream.range(0, counts.length).mapToDouble(c -> counts[c] * (double) c).sum()
            / Arrays.stream(counts).sum();
    assertEquals(frequency, centres[(int) Math.round(middle)], 0.1 * frequency);
  }

  @Test
  void shouldSpreadChannelsFromLowTonesToHighOnes() {
    double[] centres = Cochlea.centres();
    assertEquals(60, centres[0], 1e-6);
    assertEquals(8_000, centres[699], 1e-6);
    IntStream.range(1, 700).forEach(c -> assertTrue(centres[c] > centres[c - 1]));
  }

  @Test
  void shouldBeSilentWhereThereIsNoSound() {
    assertEquals(0, spikes(new float[Wave.RATE]).size());
  }

  @Test
  void shouldFireMoreWhereItIsLouder() {
    int quiet = spikes(tone(1_000, 0.3)).size();
    int loud = spikes(tone(1_000, 1)).size();
    assertTrue(quiet > 100 && loud > 1.5 * quiet, quiet + " and " + loud + " spikes");
  }

  @Test
  void shouldFireInTimeOrderWhileTheToneSounds() {
    CochleaSpikes spikes = spikes(tone(1_000, 1));
    IntStream.range(1, spikes.size())
        .forEach(i -> assertTrue(spikes.time(i) >= spikes.time(i - 1)));
    assertTrue(spikes.time(spikes.size() - 1) <= 0.25f);
  }

  @Test
  void shouldDependOnTheSeedAlone() {
    CochleaSpikes first = spikes(tone(700, 1));
    CochleaSpikes again = spikes(tone(700, 1));
    assertEquals(first.size(), again.size());
    IntStream.range(0, first.size())
        .forEach(
            i -> {
              assertEquals(first.time(i), again.time(i));
              assertEquals(first.channel(i), again.channel(i));
            });
  }
}
