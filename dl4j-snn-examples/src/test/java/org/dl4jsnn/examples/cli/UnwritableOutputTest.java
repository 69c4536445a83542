package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dl4jsnn.examples.cli.InstalledProgram.Run;
import org.dl4jsnn.internal.contract.Cases;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Results that are printed but never arrive. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a shell script")
@Tag("slow")
class UnwritableOutputTest {

  /** A device that is always full. */
  private static final File FULL = new File("/dev/full");

  @TempDir private Path folder;

  private InstalledProgram program;

  @BeforeEach
  void install() throws Exception {
    assumeTrue(FULL.exists(), "needs /dev/full");
    program = InstalledProgram.in(folder);
  }

  /** Of the first Java, of the second one, as text and as JSON; by default every other one. */
  static Stream<Arguments> commands() {
    return Cases.crossed(
        2,
        List.of(
            "--help",
            "--version",
            "nir info %s --json",
            "train mnist --help",
            "nir info %s",
            "completion",
            "predict --digit 7 --json",
            "events info %s --json"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldFailWithALine(String arguments) throws Exception {
    Path graph = Path.of("..", "dl4j-snn-layers", "nir", "src", "test", "resources", "nir", "ours");
    Path recording = Files.write(folder.resolve("1.bin"), new byte[] {3, 4, (byte) 0x80, 0, 0});
    Object[] file =
        arguments.contains("nir")
            ? new Object[] {graph.resolve("snntorch.nir").toAbsolutePath()}
            : arguments.contains("events") ? new Object[] {recording} : new Object[0];
    // With options for the second Java the first one would run nothing itself.
    Map<String, String> environment =
        arguments.startsWith("predict") ? InstalledProgram.SHORT : Map.of();
    ProcessBuilder builder = program.builder(environment, arguments, file).redirectOutput(FULL);
    Files.createFile(folder.resolve("output.txt"));
    Run run = program.end(builder.start());
    assertEquals(1, run.exit(), run.errors());
    String last = run.errors().lines().reduce((first, second) -> second).orElse("");
    assertEquals(UsageErrors.UNWRITABLE, last, run.errors());
  }

  @Test
  void shouldSayWhatElseIsWrongAndNothingOfTheOutput() throws Exception {
    ProcessBuilder builder =
        program.builder(InstalledProgram.SHORT, "predict --digit 0 --json").redirectOutput(FULL);
    Files.createFile(folder.resolve("output.txt"));
    Run run = program.end(builder.start());
    assertEquals(1, run.exit());
    run.assertComplained("--digit must be from 1 to 2000, got 0");
    assertTrue(!run.errors().contains("standard output"), run.errors());
  }
}
