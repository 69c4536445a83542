package org.dl4jsnn.event.camera;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.dl4jsnn.event.EventConsumer;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.internal.Require;

/**
 * Records images that move on a screen, as event-camera data sets were recorded.
 *
 * <pre>{@code
 * SimulatedCamera camera = SimulatedCamera.cifar10Dvs(1);
 * GreyImage image = GreyImage.ofColourPlanes(32, 32, bytes).enlarged(512, 512);
 * EventTable events = camera.record(image, 7);
 * }</pre>
 *
 * <p>The thresholds of the pixels belong to the camera and are the same in all its recordings;
 * noise differs by recording. The same camera, image and seed give the same events. Immutable, so
 * several threads may record at once.
 */
public final class SimulatedCamera {

  private final CameraSettings settings;
  private final Movement movement;
  private final PixelThresholds thresholds;
  private final Scene.ScreenLight light;

  /**
   * Creates a camera.
   *
   * @param settings its settings
   * @param movement how images move in front of it
   * @param seed the seed of its pixels' thresholds
   * @throws IllegalArgumentException if an argument is null, or the step does not divide the
   *     movement's time per leg
   */
  public SimulatedCamera(CameraSettings settings, Movement movement, long seed) {
    this.settings = Require.given("settings", settings);
    this.movement = Require.given("movement", movement);
    Require.not(
        movement.leg % settings.step() != 0,
        "step must divide the movement's %s µs from corner to corner, got %s",
        movement.leg,
        settings.step());
    int pixels = settings.sensor().width() * settings.sensor().height();
    thresholds = PixelThresholds.of(settings.pixels(), pixels, seed);
    light = new Scene.ScreenLight(settings.gamma());
  }

  /**
   * {@return a camera that makes recordings like CIFAR10-DVS, 1.2 s long, of images enlarged to 512
   * x 512}
   *
   * @param seed the seed of its pixels' thresholds
   */
  public static SimulatedCamera cifar10Dvs(long seed) {
    Movement loops = Movement.closedLoop(10, 50_000, 6);
    return new SimulatedCamera(CameraSettings.cifar10Dvs(), loops, seed);
  }

  /**
   * {@return a camera that makes recordings like N-MNIST, 315 ms long, of images enlarged to 112 x
   * 112}
   *
   * @param seed the seed of its pixels' thresholds
   */
  public static SimulatedCamera nMnist(long seed) {
    CameraSettings settings = CameraSettings.nMnist();
    return new SimulatedCamera(settings, Movement.saccades(settings.screenPixels()), seed);
  }

  /** {@return the settings given at construction} */
  public CameraSettings settings() {
    return settings;
  }

  /** {@return how images move, as given at construction} */
  public Movement movement() {
    return movement;
  }

  /**
   * Records an image into memory.
   *
   * @param image in screen pixels, shown in the middle of the screen
   * @param seed the seed of the noise
   * @return the events, in order of time, then row, then column
   * @throws IllegalArgumentException if the image is null
   */
  public EventTable record(GreyImage image, long seed) {
    EventTable table = new EventTable("simulated", settings.sensor());
    try {
      record(image, seed, table::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    table.trim();
    return table;
  }

  /**
   * Records an image step by step, in constant memory however long the movement is.
   *
   * @param image in screen pixels, shown in the middle of the screen
   * @param seed the seed of the noise
   * @param consumer receives the events, in order of time, then row, then column
   * @throws IOException if the consumer cannot write
   * @throws IllegalArgumentException if an argument is null or the consumer refuses an event
   */
  public void record(GreyImage image, long seed, EventConsumer consumer) throws IOException {
    Require.given("image", image);
    Require.given("consumer", consumer);
    Scene scene = new Scene(image, settings, light, movement.reach());
    LightSensor sensor =
        new LightSensor(settings.sensor(), settings.pixels(), thresholds, settings.step(), seed);
    float[] seen = new float[thresholds.on().length];
    scene.look(movement.x(0), movement.y(0), seen);
    sensor.begin(seen);
    while (sensor.start() < movement.duration()) {
      long end = sensor.start() + settings.step();
      scene.look(movement.x(end), movement.y(end), seen);
      sensor.expose(seen);
      sensor.events.flush(sensor.start(), consumer);
      sensor.advance();
    }
  }
}
