package org.dl4jsnn.examples.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.MnistFolder;
import org.dl4jsnn.train.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of earlier trainings stay, and can be trained further. */
class EarlierTrainingTest {

  private static final double TOLERANCE = 1e-5;

  @TempDir private Path folder;

  private final CommandLineRun run = new CommandLineRun();
  private Path model;

  @BeforeEach
  void writeAFewDigits() throws IOException {
    MnistFolder.write(folder, 64, 20);
    model = folder.resolve("model.zip");
    run.setDefaults("--data=%s --model=%s", folder, model);
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
    Path results = Files.createDirectories(folder.resolve("results"));
    Files.writeString(results.resolve("thesis.txt"), "years of work");
    Map<Path, String> before = content();
    String needed = "--model needs " + results + " for a model, got a folder there.";
    run.assertRefused(needed, "mnist --model=%s", results);
    run.assertRefused(needed, "parallel --model=%s", results);
    assertEquals(before, content());
    run.assertRefused("--model must name a file, got '/'", "mnist --model=/");
  }

  @Test
  void shouldKeepAnotherModelWhereATrainingResumedWillSave() throws IOException {
    Path one = folder.resolve("one.zip");
    String train = "mnist --steps=2 --batch=16 --epochs=%s";
    run.assertDone(train + " --model=%s", 1, one);
    run.assertDone(train, 1);
    byte[] precious = Files.readAllBytes(model);
    run.assertDone(train + " --resume=%s", 2, one);
    assertArrayEquals(precious, Files.readAllBytes(Path.of(model + ".old")));
    run.assertDone(train + " --resume=%s", 3, model);
    assertEquals(3, ModelFile.load(model).getEpochCount());
    assertArrayEquals(precious, Files.readAllBytes(Path.of(model + ".old")), "not moved again");
  }

  private Path copied(String name) throws IOException {
    try (InputStream in = EarlierTrainingTest.class.getResourceAsStream("/earlier/" + name)) {
      Path file = folder.resolve(name);
      Files.copy(in, file);
      return file;
    }
  }

  /** A saved training of three epochs, stopped in its second, and the same one at its end. */
  @Test
  void shouldResumeASavedTrainingAndEndAsItDid() throws IOException {
    run.assertDone(
        "mnist --epochs=3 --batch=16 --learning-rate=5e-3 --schedule=cosine --warm-up=4"
            + " --resume=%s",
        copied("cosine.zip"));
    run.assertPrinted("after epoch 1 of 3 and 3 minibatches of the next");
    MultiLayerNetwork network = ModelFile.load(model);
    assertEquals(12, network.getIterationCount());
    assertArrayEquals(
        ModelFile.load(copied("cosine-finished.zip")).params().toDoubleVector(),
        network.params().toDoubleVector(),
        TOLERANCE);
  }
}
