package org.dl4jsnn.event.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.dl4jsnn.event.Refusal;
import org.dl4jsnn.event.SensorSize;
import org.junit.jupiter.api.Test;

class CameraSettingsTest {

  private static final PixelSettings PIXELS = PixelSettings.dvs128();

  @Test
  void shouldRefuseImpossiblePixels() {
    assertRefused(
        () -> PIXELS.thresholds(-0.5, 1), "onThreshold must be positive and finite, got -0.5");
    assertRefused(
        () -> PIXELS.thresholds(1, Double.NaN),
        "offThreshold must be positive and finite, got NaN");
    assertRefused(() -> PIXELS.mismatch(-1), "mismatch must be finite and at least 0, got -1.0");
    assertRefused(() -> PIXELS.refractory(-1), "refractory must be at least 0 µs, got -1");
    assertRefused(
        () -> PIXELS.cutoff(0),
        "cutoff must be positive, got 0.0. Possible cause: 0 meant as no low pass; use infinity");
    assertRefused(() -> PIXELS.noise(-1, 0), "onNoise must be finite and at least 0, got -1.0");
    assertRefused(
        () -> PIXELS.noise(0, Double.POSITIVE_INFINITY),
        "offNoise must be finite and at least 0, got Infinity");
  }

  @Test
  void shouldRefuseImpossibleCameras() {
    assertRefused(() -> camera(0, 2.2, 0.02, 1), "screenPixels must be ");
    assertRefused(() -> camera(4, 0, 0.02, 1), "gamma must be positive and finite, got 0.0");
    assertRefused(
        () -> camera(4, 2.2, 0, 1),
        "ambient must be from 1.0E-6 to 1, got 0.0. Possible cause: 0 for no ambient light");
    assertRefused(
        () -> camera(4, 2.2, 0.02, 0), "step must be a whole number of at least 1, got 0");
    assertRefused(() -> CameraSettings.nMnist().pixels(null), "pixels must be given, got null");
    assertRefused(() -> CameraSettings.nMnist().border(null), "border must be given, got null");
  }

  private static CameraSettings camera(int screenPixels, double gamma, double ambient, long step) {
    return new CameraSettings(
        new SensorSize(8, 8), screenPixels, Border.EDGE, gamma, ambient, step, PIXELS);
  }

  @Test
  void shouldRefuseStepsThatMissTheCorners() {
    CameraSettings settings = CameraSettings.cifar10Dvs().step(4166);
    assertRefused(
        () -> new SimulatedCamera(settings, Movement.closedLoop(10, 50_000, 6), 1),
        "step must divide the movement's 50000 µs from corner to corner, got 4166");
  }

  @Test
  void shouldChangeOneThingAtATime() {
    PixelSettings pixels = PIXELS.thresholds(1, 2).mismatch(3).refractory(4).cutoff(5).noise(6, 7);
    assertEquals(new PixelSettings(1, 2, 3, 4, 5, 6, 7), pixels);
    CameraSettings changed = CameraSettings.nMnist().pixels(pixels).border(Border.EDGE).step(100);
    assertEquals(
        new CameraSettings(new SensorSize(34, 34), 4, Border.EDGE, 2.2, 0.1, 100, pixels), changed);
  }

  private static void assertRefused(Runnable settings, String expected) {
    String message = Refusal.of(IllegalArgumentException.class, settings::run);
    assertTrue(message.startsWith(expected), message);
  }
}
