package org.dl4jsnn.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.MnistFolder;
import org.dl4jsnn.train.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierTrainingTest {

  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void name() {
    model = folder.resolve("model.zip");
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
