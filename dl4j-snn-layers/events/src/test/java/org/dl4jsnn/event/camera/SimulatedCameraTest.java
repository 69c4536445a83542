package org.dl4jsnn.event.camera;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.EventWriter;
import org.dl4jsnn.event.SensorSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedCameraTest {

  private static final PixelSettings QUIET = PixelSettings.dvs128().noise(0, 0).mismatch(0);
  private static final Movement LOOP = Movement.closedLoop(10, 50_000, 1);

  @TempDir private Path folder;

  private static SimulatedCamera camera(PixelSettings pixels) {
    return new SimulatedCamera(CameraSettings.cifar10Dvs().pixels(pixels), LOOP, 1);
  }

  /** An image with contrast of about the size of CIFAR-10's. */
  private static GreyImage image(long seed) {
    Random random = new Random(seed);
    byte[] bytes = new byte[16 * 16];
    random.nextBytes(bytes);
    return GreyImage.ofBytes(16, 16, bytes).enlarged(512, 512);
  }

  private static GreyImage flat(int side, float level) {
    float[] levels = new float[side * side];
    Arrays.fill(levels, level);
    return GreyImage.of(side, side, levels);
  }

  private static List<String> list(EventTable events) {
    return IntStream.range(0, events.size())
        .mapToObj(i -> events.t(i) + " " + events.y(i) + " " + events.x(i) + " " + events.on(i))
        .toList();
  }

  @Test
  void shouldSeeNothingInAnImageWithoutContrast() {
    assertEquals(0, camera(QUIET).record(flat(512, 0.4f), 1).size());
    assertEquals(0, camera(PixelSettings.dvs128().noise(0, 0)).record(flat(3, 1), 1).size());
  }

  @Test
  void shouldSeeNothingInAStillImage() {
    Movement still = Movement.through(new double[][] {{3.3, 1.7}, {3.3, 1.7}}, 50_000, 10);
    CameraSettings settings =
        CameraSettings.cifar10Dvs().border(Border.DARK).pixels(PixelSettings.dvs128().noise(0, 0));
    assertEquals(0, new SimulatedCamera(settings, still, 1).record(image(1), 1).size());
  }

  @Test
  void shouldFireOnInFrontOfABrightBarAndOffBehindIt() {
    float[] levels = new float[512 * 512];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = i % 512 >= 200 && i % 512 < 312 ? 1 : 0.1f;
    }
    GreyImage bar = GreyImage.of(512, 512, levels);
    Movement right = Movement.through(new double[][] {{0, 0}, {20, 0}}, 100_000, 1);
    CameraSettings settings = CameraSettings.cifar10Dvs().pixels(QUIET.refractory(0));
    EventTable events = new SimulatedCamera(settings, right, 1).record(bar, 1);
    assertTrue(events.size() > 128 * 2 * 5 * 4);
    for (int i = 0; i < events.size(); i++) {
      // The edges go from 200 to 220 and from 312 to 332, at 4 screen pixels a column.
      int column = events.x(i);
      assertTrue(events.on(i) ? column >= 78 && column < 83 : column >= 50 && column < 55);
    }
    assertEquals(events.onEvents(), events.size() - events.onEvents(), 0.01 * events.size());
  }

  @Test
  void shouldSeeTheEdgesOfTheImageOnADarkScreen() {
    CameraSettings settings = CameraSettings.cifar10Dvs().border(Border.DARK).pixels(QUIET);
    EventTable events = new SimulatedCamera(settings, LOOP, 1).record(flat(256, 1), 1);
    assertTrue(events.size() > 0);
    for (int i = 0; i < events.size(); i++) {
      boolean nearX = events.x(i) < 38 || events.x(i) >= 96;
      boolean nearY = events.y(i) < 38 && events.y(i) >= 29 || events.y(i) >= 93;
      assertTrue(nearX || nearY);
      assertTrue(events.x(i) >= 32 && events.x(i) < 101);
    }
  }

  @Test
  void shouldFireLessWithHigherThresholds() {
    int last = Integer.MAX_VALUE;
    for (double threshold : new double[] {0.1, 0.15, 0.2, 0.3, 0.5, 1, 5}) {
      int events = camera(QUIET.thresholds(threshold, threshold)).record(image(1), 1).size();
      assertTrue(events < last);
      last = events;
    }
    assertEquals(0, last);
  }

  @Test
  void shouldDependOnItsSeedsAlone() {
    SimulatedCamera camera = camera(PixelSettings.dvs128());
    List<String> events = list(camera.record(image(1), 1));
    assertEquals(events, list(camera(PixelSettings.dvs128()).record(image(1), 1)));
    assertNotEquals(events, list(camera.record(image(1), 2)));
    SimulatedCamera other = new SimulatedCamera(CameraSettings.cifar10Dvs(), LOOP, 2);
    assertNotEquals(events, list(other.record(image(1), 1)));
  }

  @Test
  void shouldRecordTheSameOnManyThreads() {
    SimulatedCamera camera = SimulatedCamera.nMnist(3);
    List<GreyImage> images =
        IntStream.range(0, 12).mapToObj(i -> flat(40 + i, 0.3f + 0.05f * i)).toList();
    List<List<String>> alone =
        IntStream.range(0, 12).mapToObj(i -> list(camera.record(images.get(i), i))).toList();
    List<List<String>> together =
        IntStream.range(0, 12)
            .parallel()
            .mapToObj(i -> list(camera.record(images.get(i), i)))
            .toList();
    assertEquals(alone, together);
  }

  @Test
  void shouldStreamWhatTheTableHoldsInOrder() throws IOException {
    SimulatedCamera camera = camera(PixelSettings.dvs128().noise(1, 1));
    EventTable table = camera.record(image(1), 1);
    List<String> streamed = new ArrayList<>();
    long[] last = {-1};
    camera.record(
        image(1),
        1,
        (x, y, t, on) -> {
          streamed.add(t + " " + y + " " + x + " " + on);
          long place = (t * 128 + y) * 128 + x;
          assertTrue(place >= last[0]);
          last[0] = place;
        });
    assertEquals(list(table), streamed);
    assertEquals(new SensorSize(128, 128), table.sensor());
  }

  @Test
  void shouldHandOnWhatTheConsumerThrows() {
    SimulatedCamera camera = camera(PixelSettings.dvs128());
    assertThrows(
        IOException.class,
        () ->
            camera.record(
                image(1),
                1,
                (x, y, t, on) -> {
                  throw new IOException("disk full");
                }));
  }

  @Test
  void shouldBeReadBackExactly() throws IOException {
    Path file = folder.resolve("image.aedat");
    SimulatedCamera dvs = camera(PixelSettings.dvs128());
    try (EventWriter writer = EventWriter.aedat2(file, dvs.settings().sensor())) {
      dvs.record(image(1), 1, writer);
      writer.finish();
    }
    assertEquals(list(dvs.record(image(1), 1)), list(EventFiles.read(file)));
    SimulatedCamera atis = SimulatedCamera.nMnist(1);
    try (EventWriter writer = EventWriter.nMnist(file, atis.settings().sensor())) {
      atis.record(flat(60, 1), 1, writer);
      writer.finish();
    }
    assertEquals(list(atis.record(flat(60, 1), 1)), list(EventFiles.read(file)));
  }

  @Test
  void shouldHardlyDependOnTheStep() {
    List<Integer> counts = new ArrayList<>();
    for (long step : new long[] {1000, 2500, 5000}) {
      CameraSettings settings = CameraSettings.cifar10Dvs().pixels(QUIET).step(step);
      counts.add(new SimulatedCamera(settings, LOOP, 1).record(image(1), 1).size());
    }
    assertEquals(counts.get(0), counts.get(1), 0.02 * counts.get(0));
    assertEquals(counts.get(0), counts.get(2), 0.02 * counts.get(0));
  }
}
