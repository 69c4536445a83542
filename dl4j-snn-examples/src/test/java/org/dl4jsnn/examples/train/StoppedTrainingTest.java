package org.dl4jsnn.examples.train;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.cli.Examples;
import org.dl4jsnn.examples.data.MnistFolder;
import org.dl4jsnn.examples.support.ChildProcess;
import org.dl4jsnn.train.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings in a separate Java process, which is ended from outside. */
@Tag("slow")
class StoppedTrainingTest {

  private static final String COMMAND = "mnist --steps=2 --batch=16 --schedule=constant";
  private static final long LONGEST_WAIT_SECONDS = 300;

  @TempDir private Path folder;
  private final Random random = new Random();
  private final CommandLineRun run = new CommandLineRun();
  private Path straight;
  private Path stopped;

  @BeforeEach
  void prepare() throws Exception {
    MnistFolder.write(folder, 96, 20);
    run.setDefaults("--data=%s", folder);
    straight = folder.resolve("straight.zip");
    stopped = folder.resolve("stopped.zip");
  }

  @Test
  void shouldLoseNoCheckpointToAKill() throws Exception {
    String options = "--checkpoint-minutes=0";
    for (int kill = 0; kill < 2; kill++) {
      Process process = start(options);
      waitFor(stopped, process);
      int delay = random.nextInt(1000);
      Thread.sleep(delay);
      process.destroyForcibly().waitFor();
      assertTrue(SavedState.isIn(stopped), "killed after " + delay + " ms");
      options = "--checkpoint-minutes=0 --resume=" + stopped;
    }
    int epochs = next();
    run.assertDone(COMMAND + " --epochs=%s --model=%s --resume=%s", epochs, stopped, stopped);
    run.assertDone(COMMAND + " --epochs=%s --model=%s", epochs, straight);
    ShortTraining.assertSame(straight, stopped);
    ShortTraining.assertSameLog(straight, stopped);
    try (Stream<Path> files = Files.list(folder)) {
      assertFalse(files.anyMatch(file -> file.toString().endsWith(".new")));
    }
  }

  @Test
  void shouldKeepASecondTrainingOutOfTheFilesOfTheFirst() throws Exception {
    Process process = start("--checkpoint-minutes=0");
    waitFor(stopped, process);
    for (String more : List.of("", "--resume=" + stopped)) {
      run.assertRefused(
          "--model must be written by one program at a time, got "
              + stopped
              + (", which is written by process " + process.pid() + " of "),
          COMMAND + " --model=%s " + more,
          stopped);
    }
    process.destroyForcibly().waitFor();
    // The lock died with the process.
    run.assertDone(COMMAND + " --epochs=%s --model=%s --resume=%s", next(), stopped, stopped);
  }

  private int next() {
    return ModelFile.load(stopped).getEpochCount() + 1;
  }

  private Process start(String options) throws Exception {
    Files.deleteIfExists(folder.resolve("output.txt"));
    List<String> all =
        List.of(
            CommandLineRun.words(
                COMMAND + " --data=%s --epochs=1000 --model=%s " + options, folder, stopped));
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
}
