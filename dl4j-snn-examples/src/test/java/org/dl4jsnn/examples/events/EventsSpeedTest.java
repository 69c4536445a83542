package org.dl4jsnn.examples.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsSpeedTest {

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  @Test
  void shouldMeasureEveryFormatThatCanBeWritten() {
    assertEquals(0, run.execute("events", "speed", "--runs=1", "--events=9000"), run.errors());
    String[] lines = run.output().split("\\R");
    assertEquals(10, lines.length, run.output());
    assertTrue(lines[2].startsWith("| random.aedat | AEDAT 2.0 | 9000 | 0.1 | "), lines[2]);
    assertTrue(lines[3].startsWith("| random-3.1.aedat | AEDAT 3.1 | 9000 | 0.1 | "), lines[3]);
    assertTrue(lines[4].startsWith("| random.aedat4 | AEDAT 4 | 9000 | 0.1 | "), lines[4]);
    assertTrue(lines[5].startsWith("| random-lz4.aedat4 | AEDAT 4 | 9000 | 0.1 | "), lines[5]);
    assertTrue(lines[6].startsWith("| random.dat | Prophesee DAT | 9000 | 0.1 | "), lines[6]);
    assertTrue(lines[7].startsWith("| random-evt2.raw | EVT 2.0 | 9000 | 0.0 | "), lines[7]);
    assertTrue(lines[8].startsWith("| random-evt3.raw | EVT 3.0 | 9000 | 0.0 | "), lines[8]);
    assertTrue(lines[9].startsWith("| random.bin | N-MNIST | 9000 | 0.0 | "), lines[9]);
  }

  @Test
  void shouldWriteTheSameEventsInEveryFormat() throws IOException {
    EventTable first = null;
    for (RandomRecording recording : RandomRecording.values()) {
      Path file = folder.resolve(recording.fileName());
      recording.write(file, 9000);
      EventTable events = EventFiles.read(file);
      first = first == null ? events : first;
      for (int i = 0; i < 9000; i++) {
        assertEquals(first.x(i), events.x(i));
        assertEquals(first.y(i), events.y(i));
        assertEquals(first.t(i), events.t(i));
        assertEquals(first.on(i), events.on(i));
      }
    }
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
