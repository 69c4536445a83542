package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dl4jsnn.examples.cli.InstalledProgram.Run;
import org.dl4jsnn.examples.data.MnistFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands of the program that run in a second Java: their output, memory and signals. */
@Tag("slow")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a shell script and signals")
class ComputingProgramTest {

  private static final long LONGEST_WAIT_SECONDS = 120;

  @TempDir private Path folder;

  private InstalledProgram program;

  @BeforeEach
  void install() throws IOException {
    program = InstalledProgram.in(folder);
  }

  @Test
  void shouldPrintNothingButTheResult() throws Exception {
    Run run = program.run(InstalledProgram.SHORT, "predict --digit 1");
    assertEquals("", run.errors());
    assertEquals(
        "test digit 1: class 7 (output 1.00), the answer from step 1 of 8 on\n", run.output());
    assertEquals(0, run.exit());
  }

  @Test
  void shouldSaveATrainingWhenTheProgramIsAskedToEnd() throws Exception {
    Process process = startTraining();
    process.destroy();
    assertStopped(143, process);
  }

  @Test
  void shouldSaveATrainingOnCtrlC() throws Exception {
    assumeFalse(isInterruptIgnored(), "a build in the background of a script ignores Ctrl-C");
    Process process = startTraining();
    // A terminal sends the signal to every program that it runs.
    List<String> command = new ArrayList<>(List.of("kill", "-INT", String.valueOf(process.pid())));
    process.descendants().forEach(below -> command.add(String.valueOf(below.pid())));
    assertEquals(4, command.size(), "the script's process is the first Java: " + command);
    // Not checked: a program may have ended before its turn, since the one above passes signals on.
    new ProcessBuilder(command).start().waitFor();
    assertStopped(130, process);
  }

  /** Whether this process, and so every program that it starts, was started to ignore SIGINT. */
  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  private Process startTraining() throws Exception {
    MnistFolder.write(folder, 64, 16);
    Process process =
        program
            .builder(
                InstalledProgram.SHORT,
                "train mnist --steps 2 --batch 16 --epochs 1000 --model model.zip --data %s",
                folder)
            .start();
    Path log = folder.resolve("model-log.csv");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
    while (!Files.exists(log)) {
      assertTrue(process.isAlive() && System.nanoTime() < deadline, "no epoch was trained");
      Thread.sleep(10);
    }
    return process;
  }

  private void assertStopped(int exit, Process process) throws Exception {
    assertTrue(process.waitFor(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));
    Run run = program.end(process);
    run.assertPrinted("Stopped after epoch ");
    run.assertPrinted("Saved to " + folder.resolve("model.zip"));
    run.assertPrinted("To continue, run the same command with --resume ");
    assertEquals(exit, run.exit());
    // The first Java passes on what the second one prints until its end, and adds nothing.
    assertFalse(run.errors().contains("Java"), run.errors());
  }
}
