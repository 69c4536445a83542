package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The script for Windows, as far as its text shows. */
class WindowsScriptTest {

  private final String script;
  private final List<String> lines;
  private final int starting;

  WindowsScriptTest() throws IOException {
    script = Files.readString(Path.of("src", "main", "snn", "bin", "snn.bat"));
    lines = script.lines().toList();
    starting =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).startsWith("\"%SNN_JAVA%\" "))
            .findFirst()
            .orElseThrow();
  }

  @Test
  void shouldHaveTheLineEndsOfWindows() {
    assertEquals(script.split("\n", -1).length, script.split("\r\n", -1).length);
    assertTrue(script.endsWith("\r\n"));
  }

  @Test
  void shouldQuotePathsAndPassAllArgumentsOn() {
    String start = lines.get(starting);
    assertTrue(
        start.endsWith(" -jar \"%SNN_BIN%..\\lib\\@project.build.finalName@.jar\" %*"), start);
  }

  @Test
  void shouldEndWithTheExitCodeOfJava() {
    assertEquals("exit /b %ERRORLEVEL%", lines.get(starting + 1));
  }

  @Test
  void shouldEndAfterEveryMistake() {
    List<Integer> mistakes =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).startsWith(">&2 echo "))
            .boxed()
            .toList();
    assertEquals(3, mistakes.size());
    mistakes.forEach(line -> assertEquals("exit /b 2", lines.get(line + 1)));
  }

  @Test
  void shouldLeaveNoVariablesBehindAndPrintNoCommands() {
    assertEquals("@echo off", lines.get(0));
    // Delayed expansion, which users can switch on, removes exclamation marks from arguments.
    assertTrue(lines.contains("setlocal EnableExtensions DisableDelayedExpansion"));
  }

  @Test
  void shouldStartTheSameProgramAsTheOtherScript() throws IOException {
    String other = Files.readString(Path.of("src", "main", "snn", "bin", "snn"));
    for (String option :
        List.of(
            "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED",
            "@project.build.finalName@.jar")) {
      assertTrue(script.contains(option), option);
      assertTrue(other.contains(option), option);
    }
  }
}
