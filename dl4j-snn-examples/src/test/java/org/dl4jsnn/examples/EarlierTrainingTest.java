package org.dl4jsnn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
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

class EarlierTrainingTest {

  private static final String LOG = "epoch,iteration,learning_rate\n";

  @TempDir private Path folder;
  private final Output output = new Output(new PrintWriter(new StringWriter()));
  private TrainingOptions options;
  private Path model;

  @BeforeEach
  void name() {
    model = folder.resolve("model.zip");
    options = new TrainingOptions(model, 1, 1, 1);
    options.health.file = folder.resolve("health.csv");
  }

  private EarlierTraining earlier() {
    return EarlierTraining.of(options);
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
  void shouldTouchNothingThatIsNoTrainingsFile() throws IOException {
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
              assertThrows(UserError.class, () -> earlier().setAside(null, output)).getMessage();
          String option = name.startsWith("health") ? "--health" : "--model";
          assertTrue(message.startsWith(option + " needs " + file + " for a"), message);
          assertTrue(
              message.endsWith(
                  (kind.equals("a folder") ? "a folder" : "another file")
                      + " there. Name another "
                      + option
                      + ", or move that away"),
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
  void shouldRefuseAFolderOnTheCommandLineBeforeTrainingStarts() throws IOException {
    MnistFolder.write(folder, 20, 10);
    Path results = Files.createDirectories(folder.resolve("results"));
    Files.writeString(results.resolve("thesis.txt"), "years of work");
    Map<Path, String> before = content();
    CommandLineRun run = new CommandLineRun();
    assertEquals(1, run.execute("mnist", "--data=" + folder, "--model=" + results));
    run.assertComplained("--model needs " + results + " for a model, got a folder there.");
    assertEquals(1, run.execute("parallel", "--data=" + folder, "--model=" + results));
    assertEquals(before, content());
    assertEquals(1, run.execute("mnist", "--data=" + folder, "--model=/"));
    run.assertComplained("--model must name a file, got '/'");
  }

  @Test
  void shouldKeepAnEarlierTraining() throws IOException {
    ModelFile.save(new SmallTraining(model, 1).network(), model);
    Files.writeString(EpochLog.beside(model), LOG);
    Files.writeString(options.health.page(), "<head><title>Health of spiking layers</title>");
    Map<Path, String> before = content();
    earlier().setAside(null, output);
    Map<Path, String> after = content();
    assertEquals(before.size(), after.size());
    before.forEach(
        (file, text) ->
            assertEquals(text, after.get(file.equals(folder) ? file : Path.of(file + ".old"))));
  }

  @Test
  void shouldLeaveTheModelToResumeWhereItIs() throws IOException {
    Path best = BestModel.beside(model);
    for (Path file : List.of(model, best)) {
      ModelFile.save(new SmallTraining(model, 1).network(), file);
    }
    Files.writeString(options.health.file, LOG);
    earlier().setAside(best, output);
    assertTrue(Files.exists(best));
    assertTrue(Files.exists(options.health.file), "which goes on");
    assertFalse(Files.exists(model));

    Path old = folder.resolve("model.zip.old");
    Files.copy(best, model);
    Map<Path, String> before = content();
    String message =
        assertThrows(UserError.class, () -> earlier().setAside(old, output)).getMessage();
    assertTrue(message.startsWith("--model must leave the model to resume, " + old), message);
    assertEquals(before, content());
  }

  @Test
  void shouldKeepAnotherModelWhereATrainingResumedWillSave() throws IOException {
    MnistFolder.write(folder, 32, 10);
    Path one = folder.resolve("one.zip");
    CommandLineRun run = new CommandLineRun();
    String[] common = {"mnist", "--data=" + folder, "--steps=2", "--batch=16", "--epochs=1"};
    assertEquals(0, execute(run, common, "--model=" + one), run.errors());
    assertEquals(0, execute(run, common, "--model=" + model), run.errors());
    byte[] precious = Files.readAllBytes(model);
    assertEquals(
        0, execute(run, common, "--epochs=2", "--resume=" + one, "--model=" + model), run.errors());
    assertEquals(
        -1, Files.mismatch(Files.write(folder.resolve("p"), precious), Path.of(model + ".old")));
    assertEquals(
        0,
        execute(run, common, "--epochs=3", "--resume=" + model, "--model=" + model),
        run.errors());
    assertEquals(3, ModelFile.load(model).getEpochCount());
    assertEquals(
        -1, Files.mismatch(folder.resolve("p"), Path.of(model + ".old")), "not moved again");
  }

  private static int execute(CommandLineRun run, String[] common, String... more) {
    List<String> all = new java.util.ArrayList<>(List.of(common));
    for (String option : more) {
      all.removeIf(given -> given.startsWith(option.substring(0, option.indexOf('=') + 1)));
      all.add(option);
    }
    return run.execute(all.toArray(String[]::new));
  }
}
