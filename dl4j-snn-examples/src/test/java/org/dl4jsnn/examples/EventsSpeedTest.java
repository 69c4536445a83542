package org.dl4jsnn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsSpeedTest {

  @TempDir private Path folder;
  private final StringWriter output = new StringWriter();
  private final StringWriter errors = new StringWriter();

  private int execute(String... arguments) {
    return Examples.commandLine()
        .setOut(new PrintWriter(output, true))
        .setErr(new PrintWriter(errors, true))
        .execute(arguments);
  }

  @Test
  void shouldMeasureFormatsThatCanBeWritten() {
    assertEquals(0, execute("events", "speed", "--runs=1", "--events=1000"), errors.toString());
    String[] lines = output.toString().split("\\R");
    assertEquals(4, lines.length, output.toString());
    assertTrue(lines[2].startsWith("| random.aedat | AEDAT 2.0 | 1000 | 0.0 | "), lines[2]);
    assertTrue(lines[3].startsWith("| random.bin | N-MNIST | 1000 | 0.0 | "), lines[3]);
  }

  @Test
  void shouldMeasureGivenFiles() throws IOException {
    byte[] recording = {3, 4, (byte) 0x80, 0, 10, 5, 6, 0, 0, 10};
    Path file = Files.write(folder.resolve("one"), recording);
    assertEquals(0, execute("events", "speed", "--runs=2", file + "", file + ""), errors + "");
    assertEquals(4, output.toString().split("\\R").length, output.toString());
    assertTrue(output.toString().contains("| one | N-MNIST | 2 | 0.0 | "), output.toString());
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    assertEquals(1, execute("events", "speed", "--runs=0"));
    assertEquals(1, execute("events", "speed", "--events=4000001"));
    assertEquals(1, execute("events", "speed", folder.resolve("missing").toString()));
    String message = errors.toString();
    assertTrue(message.contains("--runs must be at least 1, got 0"), message);
    assertTrue(message.contains("--events must be from 1 to 4000000, got 4000001"), message);
    assertTrue(message.contains("Cannot read or write a recording: "), message);
  }
}
