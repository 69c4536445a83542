package org.dl4jsnn.examples.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.deploy.RuntimeExport;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.EventWriter;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.camera.SimulatedCamera;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.runtime.EarlyExit;
import org.dl4jsnn.spike.FeatureShape;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.zoo.SpikingNetworks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command live, over files and sockets, with and without its page. */
@Timeout(120)
class LiveExampleTest {

  private static final SensorSize SENSOR = new SensorSize(8, 8);

  @TempDir private Path folder;

  private final CommandLineRun run = new CommandLineRun();
  private Path recording;
  private Path model;

  @BeforeEach
  void write() throws Exception {
    EventTable events = new EventTable("test", SENSOR);
    for (int i = 0; i < 500; i++) {
      events.add(i % 8, i / 8 % 8, 100L * i, i % 2 == 0);
    }
    recording = folder.resolve("recording.raw");
    try (EventWriter writer = EventWriter.evt3(recording, SENSOR)) {
      writer.write(events);
      writer.finish();
    }
    MultiLayerNetwork network =
        SpikingNetworks.vgg7Dvs()
            .layers("4C3-AP2-16")
            .frames(FeatureShape.image(2, 8, 8))
            .steps(5)
            .classes(5)
            .init();
    model = folder.resolve("model.zip");
    ModelFile.save(network, model);
  }

  private static final String FAST = "--speed 1000 --waiting 100";
  private static final String WATCH = "live --no-page --slice-ms 5 --steps 5 --from %s --model %s ";

  private void watch(String options) {
    run.clear();
    run.assertSnnDone(WATCH + options, recording, model);
  }

  private void assertRefused(String message) {
    run.assertSnnRefused(message, "live --no-page --from %s --model %s", recording, model);
  }

  @Test
  void shouldWatchARecordingToItsEnd() {
    watch(FAST);
    run.assertPrinted("500 events, 10 slices answered, 0 dropped");
    run.assertPrinted("Latency from the last event of a slice to its answer: median ");
    assertEquals(2, run.output().lines().filter(line -> line.contains("answer ")).count());
  }

  @Test
  void shouldLookAtNoMoreOfAWindowOnceItIsSure() {
    watch(FAST + " --until-sure 0");
    run.assertPrinted(" 1 of 5 slices seen");
    run.assertPrinted("500 events, 2 slices answered, 0 dropped");
    run.assertPrinted("1.00 of 5 slices of a window seen on average");
    watch(FAST + " --until-sure 0 --least-steps 3");
    run.assertPrinted(" 3 of 5 slices seen");
  }

  /** The network of the simulated camera is trained on frames like those that it watches. */
  @Test
  void shouldWatchTheSimulatedCameraInLargerPixels() {
    SteppedNetwork network = new SteppedNetwork.LibraryNetwork(new LiveDigits().trained(3, 2, 8));
    new LiveNetwork(network, 3, 2, EarlyExit.never())
        .requireSensor(SimulatedCamera.nMnist(1).settings().sensor());
  }

  /** All slices come at once, and only one may wait. */
  @Test
  void shouldDropNothingIfToldSo() {
    watch("--speed 1000000 --waiting 1 --no-drop");
    run.assertPrinted("500 events, 10 slices answered, 0 dropped");
  }

  @Test
  void shouldGiveTheSameAnswersInTheRuntime() throws Exception {
    watch(FAST);
    List<String> expected = answers();
    Path compact = folder.resolve("model.snn");
    RuntimeExport.inSinglePrecision().write(ModelFile.load(model), compact);
    model = compact;
    watch(FAST);
    assertEquals(expected, answers());
    assertEquals(2, expected.size());
  }

  /** Without the count of events, which says how far reading has come, not the network. */
  private List<String> answers() {
    return run.output()
        .lines()
        .filter(line -> line.contains("answer "))
        .map(line -> line.replaceFirst("[0-9,]+ events", "events"))
        .toList();
  }

  @Test
  void shouldRefuseACompactModelThatTakesNoFrames() throws Exception {
    model = folder.resolve("images.snn");
    RuntimeExport.inSinglePrecision()
        .write(SpikingNetworks.lenet5().layers("4C3-AP2-16").init(), model);
    assertRefused("the model must take frames, got one that");
  }

  @Test
  void shouldRefuseADamagedCompactModel() throws Exception {
    model = Files.write(folder.resolve("damaged.snn"), new byte[] {(byte) 0x89, 'S', 'N', 'N', 1});
    assertRefused("Cannot load a model from " + model);
  }

  @Test
  void shouldRefuseAModelOfAnotherSensor() {
    run.assertSnnRefused(
        "trained with another --sensor or --window", WATCH + "--window 2", recording, model);
  }

  /** What a camera's program sends to any client. */
  private interface Sender {
    void send(OutputStream to) throws Exception;
  }

  /** Runs the command over a socket; returns its exit code. */
  private int liveOverASocket(String more, Sender sender) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FutureTask<Void> sending =
          new FutureTask<>(
              () -> {
                try (Socket socket = server.accept()) {
                  sender.send(socket.getOutputStream());
                }
                return null;
              });
      new Thread(sending).start();
      int exit =
          run.executeSnn(
              "live --from tcp:%s --slice-ms 5 --steps 5 --waiting 100 --model %s" + more,
              server.getLocalPort(),
              model);
      sending.get();
      return exit;
    }
  }

  @Test
  void shouldWatchASocket() throws Exception {
    byte[] bytes = Files.readAllBytes(recording);
    assertEquals(0, liveOverASocket(" --no-page", to -> to.write(bytes)), run.errors());
    run.assertPrinted("500 events, 10 slices answered, 0 dropped");
    assertEquals(2, answers().size());
  }

  @Test
  void shouldShowTheWindowBeforeDamage() throws Exception {
    byte[] bytes = Files.readAllBytes(recording);
    Sender damaged =
        to -> {
          to.write(bytes);
          to.write(new byte[] {0, 0x10}); // a word of a type that does not exist
        };
    assertEquals(1, liveOverASocket(" --no-page", damaged));
    run.assertComplained("Cannot continue reading from tcp:");
    run.assertPrinted("500 events, 10 slices answered, 0 dropped");
    assertEquals(2, answers().size());
  }

  @Test
  void shouldShowItsPageWhileItWatches() throws Exception {
    byte[] bytes = Files.readAllBytes(recording);
    String[] page = new String[1];
    Sender camera =
        to -> {
          to.write(bytes);
          to.flush();
          // The last slice ends with the stream, so nine can be answered.
          page[0] = awaitPage("<dd id='answered'>9</dd>");
        };
    assertEquals(0, liveOverASocket(" --port 0", camera), run.errors());
    assertTrue(page[0].contains("<h1>Live: tcp:"), page[0]);
    assertTrue(page[0].contains("<p id='answer'>Answer: <b>"), page[0]);
    run.assertPrinted("500 events, 10 slices answered, 0 dropped");
  }

  /** The page of the running command, as soon as it shows a text. */
  private String awaitPage(String text) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
    String last = run.output();
    while (System.nanoTime() < end) {
      Matcher address = Pattern.compile("Page: (http://\\S+)\\R").matcher(run.output());
      if (address.find()) {
        try (InputStream in = new URL(address.group(1)).openStream()) {
          last = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (last.contains(text)) {
          return last;
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    throw new AssertionError(last);
  }

  @Test
  void shouldRefuseASensorFarTooLargeBeforeItMakesFrames() throws Exception {
    // Two channels of these are 3 GB.
    SensorSize large = new SensorSize(20_000, 20_000);
    recording = folder.resolve("large.aedat4");
    try (EventWriter writer = EventWriter.aedat4(recording, large)) {
      writer.accept(1, 2, 3, true);
      writer.finish();
    }
    Path compact = folder.resolve("model.snn");
    RuntimeExport.inSinglePrecision().write(ModelFile.load(model), compact);
    for (Path each : new Path[] {model, compact}) {
      model = each;
      assertRefused("does not take frames of a sensor of 20000 x 20000: a frame must be ");
    }
  }

  @Test
  void shouldRefuseAModelWithoutSpikingNeuronsBeforeItsReadOut() throws Exception {
    MultiLayerNetwork conventional =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(4).nOut(3).build())
                .layer(new OutputLayer.Builder().nIn(3).nOut(2).build())
                .build());
    conventional.init();
    ModelFile.save(conventional, model);
    assertRefused(
        "Cannot load a model from "
            + model
            + ": the read-out must come right after a LeakyReadOut");
  }

  @Test
  void shouldTakeAGraph() throws Exception {
    watch(FAST);
    List<String> expected = answers();
    ModelFile.save(ModelFile.load(model).toComputationGraph(), model);
    watch(FAST);
    assertEquals(expected, answers());
  }

  @Test
  void shouldAskForAModelOfARecording() {
    run.assertSnnRefused("--model must name a network for", "live --from %s", recording);
  }
}
