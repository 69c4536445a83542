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

  private static final int RATE = Speech.Wave.RATE;
  private static final Cochlea COCHLEA = new Cochlea();

  private static float[] tone(double frequency, double amplitude) {
    float[] sound = new float[Speech.Wave.RATE / 4];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = (float) (amplitude * Math.sin(2 * Math.PI * frequency * i / Speech.Wave.RATE));
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
    assertEquals(0, spikes(new float[Speech.Wave.RATE]).size());
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

  /** The mean of the positive values of one filter, once it has settled on a tone. */
  private static double response(double centre, double frequency) {
    float[] sound = new float[2 * RATE];
    for (int i = 0; i < sound.length; i++) {
      sound[i] = (float) Math.sin(2 * Math.PI * frequency * i / RATE);
    }
    float[] rectified = new float[1];
    var state = new GammatoneBank(new double[] {centre}, RATE).start();
    state.rectified(sound, 0, RATE, rectified);
    state.rectified(sound, RATE, RATE, rectified);
    return rectified[0];
  }

  @ParameterizedTest
  @ValueSource(doubles = {100, 1_000, 5_000})
  void shouldLetAToneAtItsCentrePassAsLoudAsItIs(double centre) {
    // The positive half of a sine of amplitude 1 has the mean 1 / π.
    assertEquals(1 / Math.PI, response(centre, centre), 0.01);
  }

  @Test
  void shouldBeAsWideAsAnEquivalentRectangularBandwidthSays() {
    // At half a bandwidth from the centre: (1 + (0.5 / 1.019)²)^-2 of the amplitude.
    double erb = 24.7 * (1 + 4.37);
    double expected = Math.pow(1 + Math.pow(0.5 / 1.019, 2), -2) / Math.PI;
    assertEquals(expected, response(1_000, 1_000 + erb / 2), 0.01);
    assertEquals(expected, response(1_000, 1_000 - erb / 2), 0.01);
  }

  @Test
  void shouldHardlyHearAToneFarAway() {
    assertTrue(response(1_000, 2_000) < 0.002);
    assertTrue(response(1_000, 500) < 0.005);
  }
}
