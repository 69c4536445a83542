package org.dl4jsnn.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.core.storage.StatsStorage;
import org.deeplearning4j.ui.VertxUIServer;
import org.deeplearning4j.ui.api.UIServer;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.storage.FileStatsStorage;
import org.deeplearning4j.ui.model.storage.InMemoryStatsStorage;
import org.dl4jsnn.examples.support.Output;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.examples.ui.TrainingUi;
import org.dl4jsnn.examples.ui.UiOptions;
import org.dl4jsnn.monitor.health.EpochHealth;
import org.dl4jsnn.monitor.health.HealthRows;
import org.dl4jsnn.monitor.health.LayerHealth;
import org.dl4jsnn.monitor.health.ui.HealthUpdate;
import org.dl4jsnn.monitor.health.ui.SpikingRouter;
import org.dl4jsnn.train.TrainingException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthOptionsTest {

  @TempDir private Path folder;
  private Path model;
  private Path file;

  @BeforeEach
  void nameFiles() {
    model = folder.resolve("model.zip");
    file = folder.resolve("health.csv");
  }

  private ShortTraining training(int epochs) {
    ShortTraining training = new ShortTraining(model, epochs);
    training.options.health.file = file;
    training.options.health.interval = 2;
    return training;
  }

  @Test
  void shouldReportEveryEpochAndTrainTheSame() throws IOException {
    training(2).run();
    List<EpochHealth> epochs = HealthRows.read(file);
    assertEquals(List.of(1, 2), epochs.stream().map(EpochHealth::epoch).toList());
    assertEquals(
        List.of("first", "second"),
        epochs.get(1).layers().stream().map(LayerHealth::layer).toList());
    for (LayerHealth layer : epochs.get(1).layers()) {
      assertTrue(layer.slope().orElseThrow() > 0);
      assertTrue(layer.gradientNorm().orElseThrow() > 0);
      assertTrue(layer.energy().orElseThrow().additions() > 0);
    }
    assertTrue(Files.readString(folder.resolve("health.html")).contains("Epoch 2, iteration 14"));

    Path alone = folder.resolve("alone.zip");
    new ShortTraining(alone, 2).run();
    ShortTraining.assertSame(alone, model);
  }

  @Test
  void shouldGoOnWithTheFileOfTheTrainingResumed() throws IOException {
    training(1).run();
    List<EpochHealth> first = HealthRows.read(file);
    training(2).resume(model, 9);
    assertEquals(first, HealthRows.read(file));
    training(2).resume(model);
    List<EpochHealth> both = HealthRows.read(file);
    assertEquals(first.get(0), both.get(0));
    assertEquals(List.of(1, 2), both.stream().map(EpochHealth::epoch).toList());

    Files.writeString(file, "something else");
    assertThrows(TrainingException.class, () -> training(3).resume(model));
    Output output = new Output(new PrintWriter(new StringWriter()));
    UserError error =
        assertThrows(
            UserError.class,
            () ->
                training(3)
                    .options
                    .health
                    .listener(true, TrainingUi.open(new UiOptions(), output), output));
    assertTrue(error.getMessage().contains("got 'something else'"), error.getMessage());
  }

  @Test
  void shouldShowAPageOfTheUi() throws Exception {
    training(2).run();
    List<EpochHealth> epochs = HealthRows.read(file);
    UIServer server = VertxUIServer.getInstance(0, false, null);
    StatsStorage storage = new InMemoryStatsStorage();
    StatsStorage onDisk = new FileStatsStorage(folder.resolve("stats").toFile());
    try {
      server.attach(storage);
      server.attach(onDisk);
      assertTrue(
          get(server, "/spiking", 200).contains("No training reports its spiking layers yet"));
      // The same storage serves Deeplearning4j's own pages.
      ShortTraining watched = new ShortTraining(folder.resolve("watched.zip"), 1);
      var network = watched.network();
      network.setListeners(new StatsListener(storage));
      network.fit(watched.data().training(1, 0, 0));
      SpikingRouter router = new SpikingRouter(storage, "memory");
      epochs.forEach(router::report);
      // Two reports within one millisecond are kept one millisecond apart; the second gets a later
      // time.
      Thread.sleep(10);
      new SpikingRouter(onDisk, "disk").report(epochs.get(0));

      assertTrue(get(server, "/spiking/memory", 200).contains("Epoch 2, iteration 14"));
      assertTrue(get(server, "/spiking/disk", 200).contains("Epoch 1, iteration 7"));
      assertTrue(get(server, "/spiking", 200).contains("Epoch 1, iteration 7"));
      assertTrue(get(server, "/spiking/none", 404).contains("No training of this name"));
      assertTrue(get(server, "/train/overview", 200).contains("html"));
      HealthUpdate last =
          (HealthUpdate) storage.getLatestUpdate("memory", HealthUpdate.TYPE, "training");
      assertEquals(epochs.get(1), last.epoch());
      server.detach(storage);
      assertTrue(get(server, "/spiking/memory", 404).contains("No training of this name"));
      server.detach(onDisk);
    } finally {
      VertxUIServer.stopInstance();
      onDisk.close();
    }
  }

  private static String get(UIServer server, String path, int status) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.getAddress() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(status, answer.statusCode(), path);
    return answer.body();
  }
}
