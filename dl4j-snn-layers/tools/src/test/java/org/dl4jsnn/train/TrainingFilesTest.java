package org.dl4jsnn.train;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingFilesTest {

  private static final String LOG = "epoch,iteration,learning_rate\n1,4,0.1\n";

  @TempDir private Path folder;
  private final TrainingObserver observer = new TrainingObserver() {};
  private Path health;
  private Path page;
  private Path model;

  @BeforeEach
  void name() {
    model = folder.resolve("model.zip");
    health = folder.resolve("health.csv");
    page = folder.resolve("health.html");
  }

  private TrainingFiles earlier() {
    return TrainingFiles.of("--model", model).withHealth("--health", health, page);
  }

  /** Everything in the folder. */
  private Map<Path, String> content() throws IOException {
    Map<Path, String> content = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.toList()) {
        content.put(
            file, Files.isDirectory(file) ? "" : new String(Files.readAllBytes(file), "latin1"));
      }
    }
    return content;
  }

  private static void writeZip(Path file, String entry) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(file, Map.of("create", "true"))) {
      Files.writeString(zip.getPath(entry), "{}");
    }
  }

  @Test
  void shouldTouchOnlyFilesOfTrainings() throws IOException {
    for (String name :
        List.of("model.zip", "model-best.zip", "model-log.csv", "health.csv", "health.html")) {
      for (String old : List.of("", ".old")) {
        Path file = folder.resolve(name + old);
        for (String kind : List.of("a folder", "another file", "a zip")) {
          if (kind.equals("a folder")) {
            Files.createDirectories(file.resolve("inside"));
          } else if (kind.equals("a zip")) {
            writeZip(file, "configuration.json");
          } else {
            Files.writeString(file, "thesis");
          }
          Map<Path, String> before = content();
          String message =
              assertThrows(TrainingException.class, () -> earlier().setAside(null, observer))
                  .getMessage();
          String option = name.startsWith("health") ? "--health" : "--model";
          assertTrue(message.startsWith(option + " needs " + file + " for a"), message);
          assertTrue(
              message.endsWith(
                  (kind.equals("a folder") ? "a folder" : "another file")
                      + " there. Name another "
                      + option
                      + ", or move the existing one"),
              message);
          assertEquals(before, content());
          if (kind.equals("a folder")) {
            Files.delete(file.resolve("inside"));
          }
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void shouldRefuseAFileThatWouldBeWrittenTwice() {
    Path log = TrainingFiles.log(model);
    for (List<Path> places :
        List.of(
            List.of(log, page),
            List.of(folder.resolve("x").resolve("..").resolve(log.getFileName()), page),
            List.of(health, health),
            List.of(health, model))) {
      TrainingFiles files = TrainingFiles.of("--model", model);
      assertBegins(
          TrainingException.class,
          "--health must name a file that the training does not write otherwise",
          () -> files.withHealth("--health", places.get(0), places.get(1)));
    }
  }

  @Test
  void shouldKeepAnEarlierTraining() throws IOException {
    ModelFile.save(SmallTraining.network(), model);
    Files.writeString(TrainingFiles.log(model), LOG);
    Files.writeString(page, "<head><title>Health of spiking layers</title>");
    Map<Path, String> before = content();
    earlier().setAside(null, observer);
    Map<Path, String> after = content();
    assertEquals(before.size(), after.size());
    before.forEach(
        (file, text) ->
            assertEquals(text, after.get(file.equals(folder) ? file : Path.of(file + ".old"))));
  }

  /** A run that ended before its first checkpoint leaves a header; the log before it is older. */
  @Test
  void shouldNotReplaceAnOldLogByOneWithoutRows() throws IOException {
    Path log = TrainingFiles.log(model);
    Path old = Path.of(log + ".old");
    Files.writeString(old, LOG);
    Files.writeString(log, LOG.lines().findFirst().orElseThrow() + "\n");
    earlier().setAside(null, observer);
    assertEquals(LOG, Files.readString(old));
  }

  @Test
  void shouldNotMoveTheModelToResume() throws IOException {
    Path best = TrainingFiles.best(model);
    for (Path file : List.of(model, best)) {
      ModelFile.save(SmallTraining.network(), file);
    }
    Files.writeString(health, LOG);
    earlier().setAside(best, observer);
    assertTrue(Files.exists(best));
    assertTrue(Files.exists(health), "which goes on");
    assertFalse(Files.exists(model));

    Path old = folder.resolve("model.zip.old");
    Files.copy(best, model);
    Map<Path, String> before = content();
    assertBegins(
        TrainingException.class,
        "--model must leave the model to resume, " + old,
        () -> earlier().setAside(old, observer));
    assertEquals(before, content());
  }
}
