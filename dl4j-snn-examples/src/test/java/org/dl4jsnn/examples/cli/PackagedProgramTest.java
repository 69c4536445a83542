package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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

  @BeforeEach
  void requirePackage() {
    assumeTrue(Files.exists(SCRIPT), "mvn package makes the program");
  }

  @Test
  void shouldAnswer() throws Exception {
    assertEquals(0, run("predict", "--digit", "7", "--json"), read("errors.txt"));
    Map<?, ?> answer = new ObjectMapper().readValue(read("output.txt"), Map.class);
    assertEquals("test digit 7", answer.get("input"));
    assertEquals(1, read("output.txt").lines().count());
  }

  @Test
  void shouldEndWithTheExitCodeOfAMistake() throws Exception {
    assertEquals(2, run("train", "mnist", "--epoch", "2"));
    assertTrue(read("errors.txt").contains("Did you mean --epochs?"), read("errors.txt"));
    assertEquals("", read("output.txt"));
  }

  private int run(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(Stream.of(SCRIPT.toString()), Stream.of(arguments)).toList());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JAVA_OPTS", "SNN_OPTS"));
    builder.directory(folder.toFile());
    builder.redirectOutput(folder.resolve("output.txt").toFile());
    builder.redirectError(folder.resolve("errors.txt").toFile());
    return builder.start().waitFor();
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }
}
