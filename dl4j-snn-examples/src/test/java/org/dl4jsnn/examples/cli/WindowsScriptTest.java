package org.dl4jsnn.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The script for Windows, as far as its text shows. */
class WindowsScriptTest {

  private final String script;
  private final List<String> lines;

  WindowsScriptTest() throws IOException {
    script = Files.readString(Path.of("src", "main", "snn", "bin", "snn.bat"));
    lines = script.lines().toList();
  }

  @Test
  void shouldHaveTheLineEndsOfWindows() {
    assertEquals(script.split("\n", -1).length, script.split("\r\n", -1).length);
    assertTrue(script.endsWith("\r\n"));
  }

  @Test
  void shouldQuotePathsAndPassAllArgumentsOn() {
    String start = lines.get(lines.size() - 2);
    assertTrue(start.startsWith("\"%SNN_JAVA%\" "), start);
    assertTrue(start.endsWith(" -jar \"%~dp0..\\lib\\@project.build.finalName@.jar\" %*"), start);
  }

  @Test
  void shouldEndWithTheExitCodeOfJava() {
    assertEquals("exit /b %ERRORLEVEL%", lines.get(lines.size() - 1));
    assertEquals(2, lines.stream().filter("exit /b 2"::equals).count());
  }

  @Test
  void shouldLeaveNoVariablesBehindAndPrintNoCommands() {
    assertEquals("@echo off", lines.get(0));
    assertTrue(lines.contains("setlocal"));
    // It would remove exclamation marks from arguments.
    assertFalse(script.contains("enabledelayedexpansion"));
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
