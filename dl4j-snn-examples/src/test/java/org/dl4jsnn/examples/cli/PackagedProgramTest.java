package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.dl4jsnn.examples.cli.InstalledProgram.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** The program snn in target, with its own jars, as {@code mvn package} leaves it. */
@Tag("slow") // these run after package
class PackagedProgramTest {

  private static final boolean IS_WINDOWS = File.separatorChar == '\\';
  private static final Path SCRIPT =
      Path.of("target", "snn", "bin", IS_WINDOWS ? "snn.bat" : "snn").toAbsolutePath();

  @TempDir private Path folder;
  private InstalledProgram program;

  @BeforeEach
  void requirePackage() {
    assumeTrue(Files.exists(SCRIPT), "mvn package makes the program");
    program = InstalledProgram.packaged(SCRIPT, folder);
  }

  @Test
  void shouldAnswer() throws Exception {
    Run run = program.run(Map.of(), "predict --digit 7 --json");
    assertEquals(0, run.exit(), run.errors());
    Map<?, ?> answer = new ObjectMapper().readValue(run.output(), Map.class);
    assertEquals("test digit 7", answer.get("input"));
    assertEquals(1, run.output().lines().count());
  }

  @Test
  void shouldEndWithTheExitCodeOfAMistake() throws Exception {
    Run run = program.run(Map.of(), "train mnist --epoch 2");
    assertEquals(2, run.exit());
    run.assertComplained("Did you mean --epochs?");
    assertEquals("", run.output());
  }
}
