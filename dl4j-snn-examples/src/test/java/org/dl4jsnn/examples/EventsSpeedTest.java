package org.dl4jsnn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsSpeedTest {

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  @Test
  void shouldMeasureFormatsThatCanBeWritten() {
    assertEquals(0, run.execute("events", "speed", "--runs=1", "--events=1000"), run.errors());
    String[] lines = run.output().split("\\R");
    assertEquals(4, lines.length, run.output());
    assertTrue(lines[2].startsWith("| random.aedat | AEDAT 2.0 | 1000 | 0.0 | "), lines[2]);
    assertTrue(lines[3].startsWith("| random.bin | N-MNIST | 1000 | 0.0 | "), lines[3]);
  }

  @Test
  void shouldMeasureGivenFiles() throws IOException {
    byte[] recording = {3, 4, (byte) 0x80, 0, 10, 5, 6, 0, 0, 10};
    Path file = Files.write(folder.resolve("one"), recording);
    assertEquals(0, run.execute("events", "speed", "--runs=2", file + "", file + ""), run.errors());
    assertEquals(4, run.output().split("\\R").length, run.output());
    assertTrue(run.output().contains("| one | N-MNIST | 2 | 0.0 | "), run.output());
  }

  @Test
  void shouldRefuseWhatCannotBe() {
    assertEquals(1, run.execute("events", "speed", "--runs=0"));
    assertEquals(1, run.execute("events", "speed", "--events=4000001"));
    assertEquals(1, run.execute("events", "speed", folder.resolve("missing").toString()));
    String message = run.errors();
    assertTrue(message.contains("--runs must be at least 1, got 0"), message);
    assertTrue(message.contains("--events must be from 1 to 4000000, got 4000001"), message);
    assertTrue(message.contains("Cannot read or write a recording: "), message);
  }
}
