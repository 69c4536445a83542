package org.dl4jsnn.examples.guide;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.stream.EventStream;
import org.dl4jsnn.event.stream.SliceOptions;
import org.dl4jsnn.event.stream.SlicedStream;
import org.dl4jsnn.event.stream.StreamClock;
import org.dl4jsnn.event.stream.StreamFigures;
import org.dl4jsnn.runtime.SpikingModel;

/** A service to which an event camera sends its events; docs/camera-service.md explains it. */
public final class CameraService implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(CameraService.class.getName());

  /** EVT cameras send the time even if nothing moves: one that is silent for longer is gone. */
  private static final int SILENCE_MILLIS = 10_000;

  /** Cameras that fail at once must not fill the log. */
  private static final long PAUSE_NANOS = 100_000_000;

  private static final int CLOSE_MILLIS = 5_000;
  private static final int REPORT_MILLIS = 10_000;

  private final SpikingModel model;
  private final CameraWindows.Settings settings;
  private final Consumer<CameraWindows.Decision> decisions;
  private final ServerSocket server = new ServerSocket();
  private final Thread thread = new Thread(this::serve, "camera service");
  private volatile boolean closed;
  private volatile Socket camera;

  // Guarded by this:
  private SlicedStream slices;
  private StreamFigures earlier = new StreamFigures(0, 0, 0, Optional.empty());
  private long cameras;
  private long failures;
  private long decided;

  /** Warms up, opens the port, then serves one camera after another on a thread of its own. */
  public CameraService(
      SpikingModel model,
      CameraWindows.Settings settings,
      InetSocketAddress address,
      Consumer<CameraWindows.Decision> decisions)
      throws IOException {
    this.model = model;
    this.settings = settings;
    this.decisions = decisions;
    // begin warm
    EventTable none = new EventTable("warm-up", settings.sensor());
    EventStream ended = EventStream.replay(none, 1, StreamClock.system());
    CameraWindows rehearsal = new CameraWindows(model, settings, decision -> {});
    SliceOptions warm = SliceOptions.defaults().warmingUp(rehearsal::take); // made-up slices
    SlicedStream.start(ended, settings.slice(), warm).close();
    server.bind(address, 1); // from here on a camera can connect
    // end warm
    thread.start();
  }

  /** {@return the open port} */
  public int port() {
    return server.getLocalPort();
  }

  private void serve() {
    while (!closed) {
      try (Socket socket = server.accept()) {
        camera = socket;
        count(1, 0, 0);
        if (!closed) {
          watch(socket);
        }
      } catch (IOException | RuntimeException | LinkageError e) { // the next one may do better
        if (!closed) {
          count(0, 1, 0);
          LOG.log(Level.WARNING, "the stream of a camera failed", e);
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  // begin watch
  private void watch(Socket socket) throws IOException, InterruptedException {
    socket.setSoTimeout(SILENCE_MILLIS);
    SensorSize sensor = settings.sensor();
    ReadOptions options = ReadOptions.defaults().sensor(sensor.width(), sensor.height());
    EventStream events = EventStream.of(socket.getInputStream(), Path.of("camera"), options);
    if (!events.sensor().equals(Optional.of(sensor))) {
      throw new IOException("the sensor must be " + sensor + ", got " + events.sensor().get());
    }
    SliceOptions bounded = SliceOptions.defaults().waiting(settings.waiting());
    CameraWindows windows = new CameraWindows(model, settings, this::decide);
    try (SlicedStream stream = SlicedStream.start(events, settings.slice(), bounded)) {
      turnTo(stream);
      for (var next = stream.next(); next.isPresent(); next = stream.next()) {
        windows.take(next.get());
        stream.answered(next.get()); // for the latency
      }
      windows.end();
    } finally {
      turnTo(null);
    }
  }

  // end watch

  private void decide(CameraWindows.Decision decision) {
    decisions.accept(decision);
    count(0, 0, 1);
  }

  private synchronized void count(int newCameras, int newFailures, int newDecisions) {
    cameras += newCameras;
    failures += newFailures;
    decided += newDecisions;
  }

  private synchronized void turnTo(SlicedStream next) {
    earlier = figures();
    slices = next;
  }

  private StreamFigures figures() {
    if (slices == null) {
      return earlier;
    }
    StreamFigures now = slices.figures();
    return new StreamFigures(
        earlier.events() + now.events(),
        earlier.answered() + now.answered(),
        earlier.dropped() + now.dropped(),
        now.latency().or(earlier::latency));
  }

  /** Counts since the start; the slices' figures have the latency of the latest 4,096. */
  public record Metrics(long cameras, long failures, long decisions, StreamFigures slices) {}

  /** {@return what has happened so far; any thread may ask} */
  public synchronized Metrics metrics() {
    return new Metrics(cameras, failures, decided, figures());
  }

  /** Closes port and stream; slices that wait are answered, an unfinished window is decided. */
  @Override
  public void close() {
    closed = true;
    try {
      server.close();
      endStream();
      thread.join(CLOSE_MILLIS);
      LOG.log(Level.INFO, "closed: " + metrics());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the port could not be closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void endStream() throws IOException {
    if (slices != null) {
      slices.close();
    } else if (camera != null) {
      camera.close(); // its header has not come yet
    }
  }

  /**
   * PORT MODEL WIDTH HEIGHT PIXELS SLICE STEPS, as {@link CameraWindows.Settings} has them; runs
   * until ended.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int[] n = Arrays.stream(args).skip(2).mapToInt(Integer::parseInt).toArray();
    CameraService service =
        new CameraService(
            SpikingModel.load(Path.of(args[1])),
            new CameraWindows.Settings(new SensorSize(n[0], n[1]), n[2], n[3], n[4], 4),
            new InetSocketAddress(Integer.parseInt(args[0])),
            decision -> LOG.log(Level.INFO, decision.toString()));
    Runtime.getRuntime().addShutdownHook(new Thread(service::close));
    LOG.log(Level.INFO, "port " + service.port() + " is open");
    while (service.thread.isAlive()) {
      service.thread.join(REPORT_MILLIS);
      LOG.log(Level.INFO, service.metrics().toString());
    }
    System.exit(service.closed ? 0 : 1); // 1: an error has ended the thread
  }
}
