package org.dl4jsnn.examples.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.EventWriter;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.event.camera.SimulatedCamera;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.Slicing;
import org.dl4jsnn.event.frame.UnevenRest;
import org.dl4jsnn.examples.data.EmbeddedDigits;
import org.dl4jsnn.examples.guide.CameraService.Metrics;
import org.dl4jsnn.examples.guide.CameraWindows.Decision;
import org.dl4jsnn.examples.guide.CameraWindows.Settings;
import org.dl4jsnn.examples.support.ChildProcess;
import org.dl4jsnn.runtime.Answer;
import org.dl4jsnn.runtime.SpikingModel;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** What docs/camera-service.md shows, with a simulated camera at the other end of the socket. */
class CameraServiceTest {

  private static final SensorSize SENSOR = new SensorSize(34, 34);
  private static final int PIXELS = 4;
  private static final long SLICE = 10_500;
  private static final int STEPS = 10;

  @TempDir private static Path folder;
  private static Path modelFile;
  private static SpikingModel model;
  private static Path recording;
  private static EventTable events;

  private final List<Decision> decisions = Collections.synchronizedList(new ArrayList<>());
  private CameraService service;

  @BeforeAll
  static void record() throws IOException {
    MultiLayerNetwork network =
        SpikingNetworks.vgg7Dvs()
            .layers("4C3-AP2-32")
            .frames(FeatureShape.image(2, 8, 8))
            .steps(STEPS)
            .seed(1)
            .init();
    modelFile = folder.resolve("camera.snn");
    RuntimeExport.toBits(8).write(network, modelFile);
    model = SpikingModel.load(modelFile);
    recording = recording("digit.raw", SENSOR);
    events = EventFiles.read(recording);
  }

  /** A digit in front of the camera of N-MNIST, perhaps as one with a larger sensor sends it. */
  private static Path recording(String name, SensorSize sensor) throws IOException {
    Path file = folder.resolve(name);
    try (EventWriter writer = EventWriter.evt3(file, sensor)) {
      SimulatedCamera.nMnist(1).record(EmbeddedDigits.image(3).enlarged(112, 112), 7, writer);
      writer.finish();
    }
    return file;
  }

  private void start(int waiting, Consumer<Decision> consumer) throws IOException {
    service =
        new CameraService(
            model,
            new Settings(SENSOR, PIXELS, SLICE, STEPS, waiting),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            consumer.andThen(decisions::add));
  }

  @AfterEach
  void close() {
    if (service != null) {
      service.close();
    }
  }

  private static Socket connect(int port) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private void send(byte[] bytes) throws IOException {
    try (Socket socket = connect(service.port())) {
      socket.getOutputStream().write(bytes);
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 2000 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertTrue(condition.getAsBoolean());
  }

  /** Slices of the recording; the last one ends with it. */
  private static long slices() {
    return (events.t(events.size() - 1) - events.t(0)) / SLICE + 1;
  }

  @Test
  void shouldDecideAsTheModelDoesForWholeWindows() throws Exception {
    start(100, decision -> {});
    long windows = (slices() - 1) / STEPS + 1;
    for (int cameras = 1; cameras <= 2; cameras++) {
      long expected = cameras * windows;
      send(Files.readAllBytes(recording));
      await(() -> service.metrics().decisions() == expected);
    }
    Metrics metrics = service.metrics();
    assertEquals(2, metrics.cameras());
    assertEquals(0, metrics.failures());
    assertEquals(2L * events.size(), metrics.slices().events());
    assertEquals(2 * slices(), metrics.slices().answered());
    assertEquals(0, metrics.slices().dropped());
    assertTrue(metrics.slices().latency().orElseThrow().percentile99Millis() > 0);

    FrameOptions options =
        FrameOptions.of(Slicing.byTime(SLICE, STEPS)).summing(PIXELS, UnevenRest.LEAVE_OUT);
    int whole = 0;
    for (Decision decision : decisions) {
      if (decision.slices() == STEPS) {
        long start = events.t(0) + decision.window() * STEPS * SLICE;
        TimeWindow window = new TimeWindow(start, start + STEPS * SLICE);
        Answer answer = model.run(EventFrames.of(events, window, options).values());
        assertEquals(answer.decision(), decision.decision());
        assertEquals(answer.outputs()[answer.decision()], decision.output(), 1e-6);
        whole++;
      }
    }
    assertTrue(whole >= 4, whole + " whole windows");
  }

  @Test
  void shouldDropAndCountSlicesThatComeTooFast() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    start(
        4,
        decision -> {
          try {
            slow.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    send(Files.readAllBytes(recording));
    // The camera is not held up, though the first decision takes for ever.
    await(() -> service.metrics().slices().events() == events.size());
    slow.countDown();
    await(
        () ->
            service.metrics().slices().answered() + service.metrics().slices().dropped()
                == slices());
    service.close();
    Metrics metrics = service.metrics();
    assertTrue(metrics.slices().dropped() >= slices() - STEPS - 5, metrics.toString());
    assertEquals(metrics.slices().answered(), decisions.stream().mapToLong(Decision::slices).sum());
    assertEquals((slices() - 1) / STEPS, decisions.get(decisions.size() - 1).window());
  }

  @Test
  void shouldCountWhatFailsAndServeTheNextCamera() throws Exception {
    start(100, decision -> {});
    send("no events".getBytes(StandardCharsets.UTF_8));
    send(Files.readAllBytes(recording("larger.raw", new SensorSize(64, 64))));
    send(Files.readAllBytes(recording));
    await(() -> service.metrics().slices().answered() == slices());
    assertEquals(3, service.metrics().cameras());
    assertEquals(2, service.metrics().failures());
  }

  @Test
  void shouldDecideTheUnfinishedWindowWhenItCloses() throws Exception {
    start(100, decision -> {});
    byte[] bytes = Files.readAllBytes(recording);
    try (Socket socket = connect(service.port())) {
      socket.getOutputStream().write(bytes, 0, bytes.length / 2);
      await(() -> service.metrics().slices().answered() > STEPS);
      long begin = System.nanoTime();
      service.close();
      assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(2));
    }
    assertEquals(2, decisions.size());
    assertTrue(decisions.get(1).slices() < STEPS);
    assertEquals(0, service.metrics().failures());
    assertThrows(IOException.class, () -> connect(service.port()).close());
  }

  @Test
  void shouldCloseBeforeTheHeaderOfACamera() throws Exception {
    start(100, decision -> {});
    try (Socket socket = connect(service.port())) {
      await(() -> service.metrics().cameras() == 1);
      long begin = System.nanoTime();
      service.close();
      assertTrue(System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(2));
      assertFalse(socket.isClosed());
    }
    assertEquals(0, service.metrics().failures());
  }

  private static String placeOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private static String path(String... places) {
    return String.join(System.getProperty("path.separator"), places);
  }

  @Test
  void shouldNeedTheEngineAndTheReadersOfEventsAlone() throws Exception {
    String libraries = path(placeOf(SpikingModel.class), placeOf(EventFiles.class));
    Path classes = Files.createDirectory(folder.resolve("classes"));
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    String guide = "src/main/java/org/dl4jsnn/examples/guide/";
    String[] options = {"-proc:none", "-implicit:none", "-cp", libraries, "-d", classes.toString()};
    List<String> arguments =
        Stream.concat(
                Stream.of(options),
                Stream.of(guide + "CameraService.java", guide + "CameraWindows.java"))
            .toList();
    assertEquals(0, javac.run(null, null, null, arguments.toArray(String[]::new)));

    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ChildProcess.SHORT);
    command.addAll(List.of("--limit-modules", "java.base,java.xml", "-cp"));
    command.add(path(classes.toString(), libraries, placeOf(Logger.class)));
    command.add(CameraService.class.getName());
    command.addAll(List.of("0", modelFile.toString(), "34", "34", "4", "10500", "10"));
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      await(() -> said(log, " is open"));
      byte[] bytes = Files.readAllBytes(recording);
      try (Socket socket = connect(port(log))) {
        OutputStream out = socket.getOutputStream();
        int piece = bytes.length / 50 + 1;
        for (int from = 0; from < bytes.length; from += piece) {
          out.write(bytes, from, Math.min(piece, bytes.length - from));
          TimeUnit.MILLISECONDS.sleep(6); // as fast as it was recorded
        }
      }
      await(() -> said(log, "Decision[window=2"));
    } finally {
      process.destroy();
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    }
    assertFalse(said(log, "Exception"), Files.readString(log));
  }

  private static boolean said(Path log, String text) {
    try {
      return Files.readString(log).contains(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int port(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .filter(line -> line.contains(" is open"))
        .map(line -> line.replaceAll(".*port (\\d+) is open.*", "$1"))
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElseThrow();
  }
}
