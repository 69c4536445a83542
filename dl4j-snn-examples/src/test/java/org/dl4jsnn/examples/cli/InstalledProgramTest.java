package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dl4jsnn.examples.cli.InstalledProgram.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that starts the program, and what the first Java does without Deeplearning4j. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a shell script")
class InstalledProgramTest {

  @TempDir private Path folder;

  private InstalledProgram program;

  @BeforeEach
  void install() throws IOException {
    program = InstalledProgram.in(folder);
  }

  @Test
  void shouldShowItsHelpWithoutDeeplearning4j() throws Exception {
    assertTrue(classesLoadedBy(0, "--help").noneMatch(InstalledProgramTest::isDeeplearning4js));
    assertTrue(read("output.txt").startsWith("Usage: snn "), read("output.txt"));
  }

  @ParameterizedTest
  @CsvSource({
    "2, --epoch 2, Unknown option: '--epoch'. Did you mean --epochs? Help: snn train mnist --help",
    "1, --epochs 0, '--epochs must be at least 1, got 0'"
  })
  void shouldReportAMistakeInOneLineWithoutStartingDeeplearning4j(
      int exit, String options, String line) throws Exception {
    assertTrue(
        classesLoadedBy(exit, "train mnist " + options)
            .noneMatch(loaded -> loaded.contains("org.nd4j.linalg.factory.Nd4j ")));
    assertEquals(line + "\n", read("errors.txt").replaceFirst("Picked up .*\n", ""));
    assertEquals("", read("output.txt"));
  }

  /** The quickest of a few runs, since other programs make each of them slower. */
  @Test
  @EnabledIfSystemProperty(
      named = "all.cases",
      matches = "true",
      disabledReason = "depends on the machine: -Pexhaustive")
  void shouldStartWithinASecondAndAHalf() throws Exception {
    long quickest = Long.MAX_VALUE;
    for (int run = 0; run < 5; run++) {
      long start = System.nanoTime();
      assertEquals(0, program.run(Map.of(), "train mnist --help").exit());
      quickest = Math.min(quickest, System.nanoTime() - start);
    }
    assertTrue(quickest < 1_500_000_000L, quickest + " ns");
  }

  private Stream<String> classesLoadedBy(int exit, String command) throws Exception {
    Path log = folder.resolve("classes.txt");
    Map<String, String> environment =
        Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load=info:file=" + log);
    assertEquals(exit, program.run(environment, command).exit());
    List<String> lines = Files.readAllLines(log);
    assertTrue(lines.stream().anyMatch(line -> line.contains(Snn.class.getName())));
    return lines.stream();
  }

  private static boolean isDeeplearning4js(String line) {
    return line.contains(" org.deeplearning4j.") || line.contains(" org.nd4j.");
  }

  @Test
  void shouldSayThatJavaHomeIsNoJava() throws Exception {
    assertEquals(
        new Run(2, "", "JAVA_HOME must name a folder with bin/java in it, got /no/java\n"),
        program.run(Map.of("JAVA_HOME", "/no/java"), "--help"));
  }

  @ParameterizedTest
  @CsvSource({"11.0.2, 11", "1.8.0_392, 8"})
  void shouldSayThatJavaIsTooOld(String release, String version) throws Exception {
    Path old = Files.createDirectories(folder.resolve("jdk"));
    Path java = Files.createDirectory(old.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n");
    assertTrue(java.toFile().setExecutable(true));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"" + release + "\"\n");
    assertEquals(
        new Run(
            2,
            "",
            "Java must be 17 or later, got "
                + version
                + " of "
                + java
                + ". Possible cause: JAVA_HOME names an old one\n"),
        program.run(Map.of("JAVA_HOME", old.toString()), "--help"));
  }

  /** Where {@code cd} looks for folders first, and then prints where it went. */
  @Test
  void shouldFindItsJarDespiteACdpath() throws Exception {
    Path other = Files.createDirectories(folder.resolve("other").resolve("the program"));
    Files.createDirectory(other.resolve("bin"));
    ProcessBuilder run = program.builder(Map.of("CDPATH", other.getParent().toString()), "--help");
    run.command("the program/bin/snn", "--help");
    assertEquals(0, program.end(run.start()).exit(), read("errors.txt"));
  }

  @Test
  void shouldSayInOneLineThatJavaDoesNotStartWithItsOptions() throws Exception {
    Run run = program.run(Map.of("SNN_OPTS", "-Xmxfoo"), "predict --digit 1");
    assertEquals(1, run.exit());
    assertTrue(
        run.errors()
            .startsWith("Java did not start with -Xmx2g -Xmxfoo: Invalid maximum heap size"),
        run.errors());
    assertEquals(1, run.errors().lines().count(), run.errors());
  }

  @Test
  void shouldSayThatTheHeapIsTooSmall() throws Exception {
    assertEquals(
        new Run(
            1,
            "",
            "The heap must be at least 256 MB, got -Xmx12m. Possible cause: SNN_OPTS, JAVA_OPTS or -Dheap uses another unit; m is megabytes and g gigabytes\n"),
        program.run(Map.of("SNN_OPTS", "-Xmx12m"), "predict --digit 1"));
  }

  private String read(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }
}
