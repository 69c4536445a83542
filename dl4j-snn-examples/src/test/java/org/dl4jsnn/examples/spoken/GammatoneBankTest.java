package org.dl4jsnn.examples.spoken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GammatoneBankTest {

  private static final int RATE = Wave.RATE;

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
