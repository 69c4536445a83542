package org.dl4jsnn.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.cli.Examples;
import org.dl4jsnn.examples.data.MnistFolder;
import org.dl4jsnn.examples.support.ChildProcess;
import org.dl4jsnn.train.ModelFile;
import org.dl4jsnn.train.TrainingFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Trainings in a separate Java process, which is ended from outside. */
@Tag("slow")
class StoppedTrainingTest {

  private static final int SIGTERM_EXIT = 143;
  private static final long LONGEST_WAIT_SECONDS = 300;

  @TempDir private Path folder;
  private final Random random = new Random();
  private Path straight;
  private Path stopped;

  @BeforeEach
  void prepare() throws Exception {
    MnistFolder.write(folder, 96, 20);
    straight = folder.resolve("straight.zip");
    stopped = folder.resolve("stopped.zip");
  }

  @Test
  void shouldLoseNoCheckpointToAKill() throws Exception {
    List<String> options = new ArrayList<>(List.of("--checkpoint-minutes", "0"));
    for (int kill = 0; kill < 2; kill++) {
      Process process = start(options, stopped);
      waitFor(stopped, process);
      int delay = random.nextInt(1000);
      Thread.sleep(delay);
      process.destroyForcibly().waitFor();
      assertTrue(SavedState.isIn(stopped), "killed after " + delay + " ms");
      options = List.of("--checkpoint-minutes", "0", "--resume", stopped.toString());
    }
    assertGoesOnAsIfNeverStopped();
    try (Stream<Path> files = Files.list(folder)) {
      assertFalse(files.anyMatch(file -> file.toString().endsWith(".new")));
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Java cannot ask a process to end there")
  void shouldSaveOnASignal() throws Exception {
    Process process = start(List.of(), stopped);
    waitFor(TrainingFiles.log(stopped), process);
    Thread.sleep(random.nextInt(1000));
    process.destroy();
    assertTrue(process.waitFor(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));
    assertEquals(SIGTERM_EXIT, process.exitValue());
    String printed = Files.readString(folder.resolve("output.txt"));
    assertTrue(printed.contains("Stopped after epoch"), printed);
    assertTrue(
        printed.contains("To continue, run the same command with --resume " + stopped), printed);
    assertGoesOnAsIfNeverStopped();
  }

  @Test
  void shouldKeepASecondTrainingOutOfTheFilesOfTheFirst() throws Exception {
    Process process = start(List.of("--checkpoint-minutes", "0"), stopped);
    waitFor(stopped, process);
    for (List<String> more : List.of(List.<String>of(), List.of("--resume=" + stopped))) {
      CommandLineRun second = new CommandLineRun();
      List<String> options = new ArrayList<>(common());
      options.add("--model=" + stopped);
      options.addAll(more);
      assertEquals(1, second.execute(options.toArray(String[]::new)), second.errors());
      second.assertComplained(
          "--model must be written by one program at a time, got "
              + stopped
              + ", which is written by process "
              + process.pid()
              + " of ");
    }
    process.destroyForcibly().waitFor();
    // The lock died with the process.
    String epochs = String.valueOf(ModelFile.load(stopped).getEpochCount() + 1);
    run("--epochs", epochs, "--model", stopped.toString(), "--resume", stopped.toString());
  }

  private void assertGoesOnAsIfNeverStopped() throws Exception {
    String epochs = String.valueOf(ModelFile.load(stopped).getEpochCount() + 1);
    run("--epochs", epochs, "--model", stopped.toString(), "--resume", stopped.toString());
    run("--epochs", epochs, "--model", straight.toString());
    ShortTraining.assertSame(straight, stopped);
    ShortTraining.assertSameLog(straight, stopped);
  }

  private List<String> common() {
    return List.of("mnist", "--steps=2", "--batch=16", "--schedule=constant", "--data=" + folder);
  }

  private Process start(List<String> options, Path model) throws Exception {
    Files.deleteIfExists(folder.resolve("output.txt"));
    List<String> all = new ArrayList<>(common());
    all.addAll(options);
    all.addAll(List.of("--epochs", "1000", "--model", model.toString()));
    ProcessBuilder program = ChildProcess.of(Examples.class, all);
    // Without the module it would start a second Java, which a kill of the first does not reach.
    program.command().addAll(1, List.of("--add-modules", "jdk.incubator.vector"));
    return program
        .redirectOutput(folder.resolve("output.txt").toFile())
        .redirectError(folder.resolve("errors.txt").toFile())
        .start();
  }

  private void waitFor(Path file, Process process) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
    while (!Files.exists(file)) {
      assertTrue(
          process.isAlive() && System.nanoTime() < deadline,
          () -> "no " + file + ": " + read("errors.txt") + read("output.txt"));
      Thread.sleep(10);
    }
  }

  private String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  private void run(String... options) {
    StringWriter errors = new StringWriter();
    List<String> all = new ArrayList<>(common());
    all.addAll(List.of(options));
    int exit =
        Examples.commandLine(common().get(0))
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(errors, true))
            .execute(all.toArray(new String[0]));
    assertEquals(0, exit, errors.toString());
  }
}
