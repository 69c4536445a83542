package org.dl4jsnn.examples.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.api.UIServer;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.Histogram;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.deeplearning4j.ui.model.stats.api.StatsType;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.MnistFolder;
import org.dl4jsnn.examples.train.ShortTraining;
import org.dl4jsnn.plot.EpochTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.ObjectMapper;

@Tag("slow")
class TrainingUiTest {

  private static final int STEPS = 5;
  private static final int MINIBATCHES = 3;

  /** Few, since the training itself is not what is tested. */
  private static final int BATCH = 16;

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  @AfterEach
  void stop() throws Exception {
    UIServer.stopInstance();
  }

  @Test
  void shouldKeepFiringRatesOfEveryLayer() throws Exception {
    mnist("model.zip", "--epochs=1 --stats=" + stats());
    StatsReport last = KeptStats.of(stats(), "model").get(MINIBATCHES - 1);
    Map<String, Double> means = last.getMean(StatsType.Activations);
    // The encoding, two convolutions, two poolings and a dense layer; the read-out has no bound.
    for (int layer = 0; layer < 6; layer++) {
      double mean = means.get(String.valueOf(layer));
      assertTrue(mean > 0 && mean < 1, "layer " + layer + ": " + mean);
    }
    for (Map.Entry<String, Histogram> weights :
        last.getHistograms(StatsType.Parameters).entrySet()) {
      int values = Arrays.stream(weights.getValue().getBinCounts()).sum();
      assertTrue(values > 0, weights.getKey());
    }
    assertTrue(last.getMeanMagnitudes(StatsType.Updates).get("1_W") > 0);
    assertTrue(last.getMeanMagnitudes(StatsType.Parameters).get("1_slope") > 0);
  }

  @Test
  void shouldAppendWhereATrainingIsResumedAndBeginAnewElsewhere() throws Exception {
    mnist("model.zip", "--epochs=2 --stats=" + stats());
    mnist("model.zip", "--epochs=1 --stats=" + stats());
    assertEquals(Set.of("model", "model~2"), sessions());
    assertEquals(IntStream.range(0, MINIBATCHES).boxed().toList(), iterations("model~2"));

    Path model = folder.resolve("model.zip");
    mnist("model.zip", "--epochs=3 --stats=" + stats() + " --resume=" + model);
    run.assertPrinted("Its charts continue after minibatch 3, in session model~2");
    assertEquals(Set.of("model", "model~2"), sessions());
    assertEquals(IntStream.range(0, 3 * MINIBATCHES).boxed().toList(), iterations("model~2"));
    assertEquals(2 * MINIBATCHES, iterations("model").size());
  }

  @Test
  void shouldNotKeepMinibatchesTwiceWhereACheckpointIsOlder() throws Exception {
    mnist("old.zip", "--epochs=1");
    Path copy = folder.resolve("model.zip");
    mnist("model.zip", "--epochs=2 --stats=" + stats());
    Files.copy(folder.resolve("old.zip"), copy, StandardCopyOption.REPLACE_EXISTING);
    mnist("model.zip", "--epochs=3 --stats=" + stats() + " --resume=" + copy);
    run.assertPrinted("Its charts continue after minibatch 6, in session model");
    assertEquals(IntStream.range(0, 3 * MINIBATCHES).boxed().toList(), iterations("model"));
  }

  @Test
  void shouldLearnTheSameWhoeverWatches() {
    mnist("watched.zip", "--epochs=1 --stats=" + stats());
    mnist("alone.zip", "--epochs=1");
    ShortTraining.assertSame(folder.resolve("alone.zip"), folder.resolve("watched.zip"));
  }

  @Test
  void shouldKeepTheLossOfASampleAsTheConsoleHasIt() throws Exception {
    // One minibatch, so that the console's average is that of this minibatch alone.
    mnist("model.zip", MINIBATCHES * BATCH, "--epochs=1 --stats=" + stats());
    List<StatsReport> points = KeptStats.of(stats(), "model");
    assertEquals(1, points.size());
    double loss = EpochTable.read(folder.resolve("model-log.csv")).column("loss").get(0);
    assertTrue(loss > 0, "loss: " + loss);
    assertEquals(loss, points.get(0).getScore(), 1e-6 * loss);
  }

  @Test
  void shouldShowWhatWasKept() throws Exception {
    mnist("model.zip", "--epochs=1 --stats=" + stats());
    run.clear();
    CompletableFuture<Integer> shown =
        CompletableFuture.supplyAsync(() -> run.execute("ui --stats=%s --ui-port=0", stats()));
    String address = address();
    String overview = json(address + "/overview/data");
    assertTrue(overview.contains("\"scoresIter\":[0,1,2]"), overview);
    String layers = json(address + "/model/graph");
    assertTrue(layers.contains("\"encoding (Poisson, T 5, gain 0.5)\""), layers);
    String dense = json(address + "/model/data/6");
    assertTrue(dense.contains("[\"Layer Type\",\"SpikingDense\"]"), dense);
    assertTrue(dense.contains("firing rate (threshold 0.5, leak 1.0, reset to 0.0)"), dense);
    UIServer.stopInstance();
    assertEquals(0, shown.get(), run.errors());
    run.assertPrinted("Session model: 3 points");
  }

  @Test
  void shouldShowTheTrainingThatRunsBeforeThoseOfBefore() throws Exception {
    mnist("model.zip", "--epochs=1 --stats=" + stats());
    assertEquals(Set.of("model"), sessions());
    run.clear();
    String stats = "--stats=" + stats();
    CompletableFuture<Void> shown =
        CompletableFuture.runAsync(
            () -> mnist("model.zip", "--epochs=1 " + stats + " --ui --ui-port=0"));
    String address = address();
    waitUntilPrinted("The UI stays at");
    assertEquals(Set.of("model", "model~2"), sessions());
    assertEquals("model~2", get(address + "/sessions/current"));
    UIServer.stopInstance();
    shown.get();
  }

  @BeforeEach
  void writeAFewDigits() throws IOException {
    MnistFolder.write(folder, MINIBATCHES * BATCH, 20);
  }

  private void mnist(String model, String options) {
    mnist(model, BATCH, options);
  }

  private void mnist(String model, int batch, String options) {
    run.assertDone(
        "mnist --threshold=0.5 --ui-every=1 --batch=%s --steps=%s --data=%s --model=%s/%s "
            + options,
        batch,
        STEPS,
        folder,
        folder,
        model);
  }

  private Path stats() {
    return folder.resolve("trainings.stats");
  }

  private Set<String> sessions() throws IOException {
    return KeptStats.sessions(stats());
  }

  private List<Integer> iterations(String session) throws IOException {
    return KeptStats.iterations(stats(), session);
  }

  private String address() throws InterruptedException {
    waitUntilPrinted("UI: ");
    Matcher matcher = Pattern.compile("UI: (\\S+)").matcher(run.output());
    assertTrue(matcher.find(), run.output());
    return matcher.group(1);
  }

  private void waitUntilPrinted(String text) throws InterruptedException {
    for (int tries = 0; tries < 600 && !run.output().contains(text); tries++) {
      Thread.sleep(100);
    }
    run.assertPrinted(text);
  }

  /** Without whitespace between its parts. */
  private static String json(String address) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(get(address)).toString();
  }

  private static String get(String address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  /** What trainings kept for the UI. */
  static final class KeptStats {

    private KeptStats() {}

    public static Set<String> sessions(Path file) throws IOException {
      StatsStorage storage = StatsFile.open(file);
      try {
        return Set.copyOf(storage.listSessionIDs());
      } finally {
        storage.close();
      }
    }

    static List<StatsReport> of(Path file, String session) throws IOException {
      StatsStorage storage = StatsFile.open(file);
      try {
        return storage
            .getAllUpdatesAfter(session, StatsListener.TYPE_ID, StatsSession.WORKER, 0)
            .stream()
            .map(StatsReport.class::cast)
            .toList();
      } finally {
        storage.close();
      }
    }

    public static List<Double> scores(Path file, String session) throws IOException {
      return of(file, session).stream().map(StatsReport::getScore).toList();
    }

    public static List<Integer> iterations(Path file, String session) throws IOException {
      return of(file, session).stream().map(StatsReport::getIterationCount).toList();
    }
  }
}
