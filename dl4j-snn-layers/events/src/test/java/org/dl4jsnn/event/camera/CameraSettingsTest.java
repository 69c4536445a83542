package org.dl4jsnn.event.camera;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.dl4jsnn.event.SensorSize;
import org.junit.jupiter.api.Test;

class CameraSettingsTest {

  private static final PixelSettings PIXELS = PixelSettings.dvs128();

  @Test
  void shouldRefuseImpossiblePixels() {
    assertBegins(
        "onThreshold must be positive and finite, got -0.5", () -> PIXELS.thresholds(-0.5, 1));
    assertBegins(
        "offThreshold must be positive and finite, got NaN",
        () -> PIXELS.thresholds(1, Double.NaN));
    assertBegins("mismatch must be finite and at least 0, got -1.0", () -> PIXELS.mismatch(-1));
    assertBegins("refractory must be at least 0 µs, got -1", () -> PIXELS.refractory(-1));
    assertBegins(
        "cutoff must be positive, got 0.0. Possible cause: 0 meant as no low pass; use infinity",
        () -> PIXELS.cutoff(0));
    assertBegins("onNoise must be finite and at least 0, got -1.0", () -> PIXELS.noise(-1, 0));
    assertBegins(
        "offNoise must be finite and at least 0, got Infinity",
        () -> PIXELS.noise(0, Double.POSITIVE_INFINITY));
  }

  @Test
  void shouldRefuseImpossibleCameras() {
    assertBegins("screenPixels must be ", () -> camera(0, 2.2, 0.02, 1));
    assertBegins("gamma must be positive and finite, got 0.0", () -> camera(4, 0, 0.02, 1));
    assertBegins(
        "ambient must be from 1.0E-6 to 1, got 0.0. Possible cause: 0 for no ambient light",
        () -> camera(4, 2.2, 0, 1));
    assertBegins("step must be a whole number of at least 1, got 0", () -> camera(4, 2.2, 0.02, 0));
    assertBegins("pixels must be given, got null", () -> CameraSettings.nMnist().pixels(null));
    assertBegins("border must be given, got null", () -> CameraSettings.nMnist().border(null));
  }

  private static CameraSettings camera(int screenPixels, double gamma, double ambient, long step) {
    return new CameraSettings(
        new SensorSize(8, 8), screenPixels, Border.EDGE, gamma, ambient, step, PIXELS);
  }

  @Test
  void shouldRefuseStepsThatMissTheCorners() {
    CameraSettings settings = CameraSettings.cifar10Dvs().step(4166);
    assertBegins(
        "step must divide the movement's 50000 µs from corner to corner, got 4166",
        () -> new SimulatedCamera(settings, Movement.closedLoop(10, 50_000, 6), 1));
  }

  @Test
  void shouldChangeOneThingAtATime() {
    PixelSettings pixels = PIXELS.thresholds(1, 2).mismatch(3).refractory(4).cutoff(5).noise(6, 7);
    assertEquals(new PixelSettings(1, 2, 3, 4, 5, 6, 7), pixels);
    CameraSettings changed = CameraSettings.nMnist().pixels(pixels).border(Border.EDGE).step(100);
    assertEquals(
        new CameraSettings(new SensorSize(34, 34), 4, Border.EDGE, 2.2, 0.1, 100, pixels), changed);
  }
}
