package org.dl4jsnn.event.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.junit.jupiter.api.Test;

class LightSensorTest {

  private static final PixelSettings PLAIN =
      new PixelSettings(0.25, 0.5, 0, 0, Double.POSITIVE_INFINITY, 0, 0);

  private static final SensorSize ONE = new SensorSize(1, 1);
  private static final long STEP = 1000;

  /** The logarithm of light, at the end of a step. */
  private interface Light {
    double at(int step, int pixel);
  }

  private static EventTable record(SensorSize size, PixelSettings settings, int steps, Light light)
      throws IOException {
    int pixels = size.width() * size.height();
    PixelThresholds thresholds = PixelThresholds.of(settings, pixels, 1);
    LightSensor sensor = new LightSensor(size, settings, thresholds, STEP, 2);
    EventTable table = new EventTable("test", size);
    float[] seen = new float[pixels];
    for (int step = 0; step <= steps; step++) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        seen[pixel] = (float) light.at(step, pixel);
      }
      if (step == 0) {
        sensor.begin(seen);
      } else {
        sensor.expose(seen);
        sensor.events.flush(sensor.start(), table::add);
        sensor.advance();
      }
    }
    return table;
  }

  @Test
  void shouldFireAtEveryThresholdThatARampCrosses() throws IOException {
    // A slope whose multiples are exact in binary; 3 / 64 of a step's time are lost per crossing.
    for (double slope : new double[] {1 / 64.0, 0.1875, 3, 10}) {
      int steps = 500;
      EventTable rising = record(ONE, PLAIN, steps, (step, pixel) -> step * slope);
      assertEquals((int) (steps * slope / 0.25), rising.size());
      assertEquals(rising.size(), rising.onEvents());
      for (int i = 0; i < rising.size(); i++) {
        assertEquals(STEP * (i + 1) * 0.25 / slope, rising.t(i), 1.001);
      }
      EventTable falling = record(ONE, PLAIN, steps, (step, pixel) -> -step * slope);
      assertEquals((int) (steps * slope / 0.5), falling.size());
      assertEquals(0, falling.onEvents());
    }
  }

  @Test
  void shouldNotFireForLightThatDoesNotChange() throws IOException {
    SensorSize size = new SensorSize(7, 5);
    PixelSettings settings = PixelSettings.dvs128().noise(0, 0);
    assertEquals(0, record(size, settings, 100, (step, pixel) -> -pixel / 9.0).size());
  }

  @Test
  void shouldCountFromTheThresholdCrossedLast() throws IOException {
    // Up by 0.3 fires once and leaves 0.05: up by another 0.2 fires again, then down by 0.5.
    double[] light = {0, 0.3, 0.5001, 0.5001, 0.0001, 0};
    EventTable events = record(ONE, PLAIN, 5, (step, pixel) -> light[step]);
    assertEquals(3, events.size());
    assertTrue(events.on(0) && events.on(1) && !events.on(2));
    assertEquals(1000 * 0.25 / 0.3, events.t(0), 1);
    assertEquals(5000, events.t(2), 1000);
  }

  @Test
  void shouldRestForTheRefractoryTime() throws IOException {
    for (long refractory : new long[] {1, 300, 1000, 1700, 100_000}) {
      PixelSettings settings = PLAIN.refractory(refractory).noise(200, 100);
      SensorSize size = new SensorSize(4, 1);
      EventTable events =
          record(size, settings, 400, (step, pixel) -> 2 * Math.sin(step * (0.2 + pixel)));
      long[] last = {-refractory, -refractory, -refractory, -refractory};
      for (int i = 0; i < events.size(); i++) {
        assertTrue(events.t(i) - last[events.x(i)] >= refractory);
        last[events.x(i)] = events.t(i);
      }
      assertTrue(events.size() >= 4);
      assertTrue(events.size() <= 4 * (400 * STEP / refractory + 1));
    }
  }

  @Test
  void shouldFollowAStepOfLightThroughTheLowPass() throws IOException {
    // After n steps of 1 ms at 50 Hz, exp(-n · 2π · 0.05) of a step of light is still to come.
    EventTable events = record(ONE, PLAIN.cutoff(50), 40, (step, pixel) -> step == 0 ? 0 : 1.1);
    assertEquals(4, events.size());
    for (int i = 0; i < events.size(); i++) {
      double due = -Math.log(1 - (i + 1) * 0.25 / 1.1) / (2 * Math.PI * 50) * 1e6;
      // Within a step, the low pass is taken for linear.
      assertEquals(due, events.t(i), 200);
    }
  }

  @Test
  void shouldMakeNoiseAtItsRates() throws IOException {
    SensorSize size = new SensorSize(32, 32);
    PixelSettings settings = PLAIN.noise(0.7, 0.2);
    int steps = 20_000;
    EventTable events = record(size, settings, steps, (step, pixel) -> 0);
    double seconds = steps * STEP / 1e6;
    assertPoisson(0.7 * 1024 * seconds, events.onEvents());
    assertPoisson(0.2 * 1024 * seconds, events.size() - events.onEvents());
    int[] perQuarter = new int[4];
    int[] perTime = new int[4];
    for (int i = 0; i < events.size(); i++) {
      perQuarter[events.y(i) / 8]++;
      perTime[(int) (events.t(i) * 4 / (steps * STEP))]++;
    }
    for (int i = 0; i < 4; i++) {
      assertPoisson(0.9 * 256 * seconds, perQuarter[i]);
      assertPoisson(0.9 * 256 * seconds, perTime[i]);
    }
  }

  private static void assertPoisson(double expected, int events) {
    assertEquals(expected, events, 5 * Math.sqrt(expected));
  }

  @Test
  void shouldGiveEveryPixelItsOwnThresholds() {
    PixelThresholds thresholds =
        PixelThresholds.of(PixelSettings.dvs128().thresholds(0.2, 0.3), 40_000, 5);
    assertMoments(thresholds.on(), 0.2);
    assertMoments(thresholds.off(), 0.3);
    PixelThresholds wild = PixelThresholds.of(PixelSettings.dvs128().mismatch(10), 1000, 5);
    for (float threshold : wild.on()) {
      assertTrue(threshold >= 0.05f);
    }
  }

  private static void assertMoments(float[] thresholds, double mean) {
    double sum = 0;
    double squares = 0;
    for (float threshold : thresholds) {
      sum += threshold - mean;
      squares += (threshold - mean) * (threshold - mean);
    }
    int n = thresholds.length;
    assertEquals(0, sum / n, 5 * 0.03 / Math.sqrt(n));
    assertEquals(0.03, Math.sqrt(squares / n), 5 * 0.03 / Math.sqrt(2 * n));
  }

  @Test
  void shouldBeTheNaturalLogarithm() {
    for (float value = 1e-6f; value < 100; value *= 1.00037f) {
      double expected = Math.log(value);
      assertEquals(expected, Scene.Logarithm.of(value), 1e-9 + 1e-7 * Math.abs(expected));
    }
    assertEquals(0, Scene.Logarithm.of(1));
  }
}
