package org.dl4jsnn.examples.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.data.DataSetFacts;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings and published data sets told, and timed. */
class EventsExampleTest {

  @TempDir private Path folder;

  private final CommandLineRun run = new CommandLineRun();

  /** N-MNIST's layout: x, y, polarity and 23 bits of time in µs. */
  private static final byte[] RECORDING = {
    3, 4, (byte) 0x80, 0, 10, // 10 µs, ON
    5, 6, 0, 0, 10, // 10 µs, OFF
    1, 1, 0, 0x27, 0x19, // 10,009 µs, the last of the first 10 ms
    1, 1, 0, 0x27, 0x1A, // 10,010 µs
    7, 2, 0, 0x4E, 0x2A // 20,010 µs
  };

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("recording"), bytes);
  }

  @Test
  void shouldSayWhatARecordingHolds() throws IOException {
    Path file = file(RECORDING);
    run.assertDone("events info %s", file);
    assertEquals(
        String.join(
            System.lineSeparator(),
            "File         " + file,
            "Format       N-MNIST",
            "Sensor       8 x 7 (smallest that holds the events)",
            "Events       5 (1 ON, 4 OFF)",
            "First event  10 µs",
            "Last event   20010 µs",
            "Duration     0.020000 s",
            "Mean rate    250 events/s, 2.5 per 10 ms",
            "Peak rate    3 per 10 ms",
            "Note         the file states no sensor size; the smallest that holds the events is used",
            ""),
        run.output());
  }

  @Test
  void shouldReportItAsJson() throws IOException {
    Path file = file(RECORDING);
    run.assertDone("events info %s --json", file);
    Map<?, ?> told = run.json();
    assertEquals("N-MNIST", told.get("format"));
    assertEquals(
        List.of(8, 7, false),
        List.of(told.get("width"), told.get("height"), told.get("sensor_known")));
    assertEquals(List.of(5, 1), List.of(told.get("events"), told.get("on_events")));
    assertEquals(List.of(10, 20010), List.of(told.get("first_us"), told.get("last_us")));
    assertEquals(List.of(), told.get("warnings"));
  }

  @Test
  void shouldSayWhatIsWrongWithAFile() throws IOException {
    byte[] damaged = RECORDING.clone();
    damaged[14] = 0;
    damaged[13] = 0;
    Path file = file(Arrays.copyOf(damaged, 23));
    assertEquals(1, run.execute("events info %s", file));
    run.assertRefused(
        file + " at byte 10: t must not go backwards", "events info --as=N_MNIST %s", file);
    run.assertRefused(
        file + " at byte 20: the file must end with",
        "events info --as=n_mnist --keep-backward %s",
        file);
    assertEquals("", run.output());
    run.assertDone("events info --as=n_mnist --keep-backward --keep-truncated %s", file);
    run.assertPrinted("Events       4 (1 ON, 3 OFF)");
    run.assertPrinted("Warning      truncated: ends at byte 20");
    run.assertPrinted("Warning      1 events go backwards");
  }

  @Test
  void shouldSayTheSensorOfARecordingWithoutEvents() throws IOException {
    String header = "% evt 3.0\n% geometry 640x480\n% end\n";
    Path file = file(header.getBytes(StandardCharsets.US_ASCII));
    run.assertDone("events info %s --keep-truncated", file);
    run.assertPrinted("Sensor       640 x 480");
  }

  private static final byte[] EVENT = {3, 4, (byte) 0x80, 0, 10};

  /** {@code -Dcatalogue.write=true} writes the table anew. */
  @Test
  void shouldListTheDataSetsAsThePageDoes() throws IOException {
    run.assertDone("events sets");
    Path page = Path.of(System.getProperty("build.root"), "docs", "event-files.md");
    String text = Files.readString(page);
    String begin = "<!-- begin data sets -->\n";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf("<!-- end data sets -->");
    assertTrue(
        from >= begin.length() && to >= from, "docs/event-files.md must have the table's marks");
    String table = String.join("\n", EventsExample.EventsSets.table()) + "\n";
    if (Boolean.getBoolean("catalogue.write")) {
      Files.writeString(page, text.substring(0, from) + table + text.substring(to));
    } else {
      assertEquals(table, text.substring(from, to), "of docs/event-files.md");
    }
    assertEquals(table, run.output().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void shouldKnowHowToOpenEveryDataSet() {
    List<String> names = DataSetFacts.all().stream().map(DataSetFacts::name).toList();
    assertEquals(
        names,
        List.of(SetCheck.PublishedSet.values()).stream().map(set -> set.facts.name()).toList());
  }

  private void writeDigits() throws IOException {
    for (String split : List.of("Train", "Test")) {
      for (int digit = 0; digit < 10; digit++) {
        Path file = folder.resolve(split + "/" + digit + "/1.bin");
        Files.createDirectories(file.getParent());
        Files.write(file, EVENT);
      }
    }
  }

  @Test
  void shouldSayWhatOfADataSetIsMissing() throws IOException {
    writeDigits();
    Files.writeString(folder.resolve("Test.zip"), "not it");
    assertEquals(1, run.execute("events info --set n-mnist %s", folder));
    String output = run.output();
    for (String line :
        List.of(
            "Data set     N-MNIST",
            "Classes      10 of 10",
            "Training     10 of 60000",
            "Test         10 of 10000",
            "Read         10 recordings, one per class, of 1 events on average, on 34 x 34",
            "Archive      Test.zip: differs")) {
      assertTrue(output.contains(line + System.lineSeparator()), output);
    }
    run.assertComplained(
        "must be N-MNIST as published, got: Training 10 instead of 60000; Test 10"
            + " instead of 10000; the checksum of Test.zip.");
  }

  @Test
  void shouldSayThatRecordingsOfATableAreMissing() throws IOException {
    Files.createDirectories(folder.resolve("train"));
    Files.createDirectories(folder.resolve("val"));
    Files.writeString(folder.resolve("trainlabel.txt"), "a.txt 0\nb.txt 0\nc.txt 1\n");
    Files.writeString(folder.resolve("vallabel.txt"), "d.txt 1\n");
    for (String there : List.of("train/b.txt", "train/c.txt")) {
      Files.writeString(folder.resolve(there), "10 3 4 1\n");
    }
    run.assertRefused("; 2 recordings missing", "events info --set ES-ImageNet %s", folder);
    run.assertPrinted("Missing      2 recordings, such as ");
    run.assertPrinted("Read         2 recordings, one per class");
  }

  @Test
  void shouldReportDamagedRecordingsAndMissingFolders() throws IOException {
    writeDigits();
    Path damaged = Files.write(folder.resolve("Train/7/1.bin"), new byte[] {1, 2, 3});
    run.assertRefused(damaged + " at byte ", "events info --set N_MNIST %s", folder);
    run.assertRefused("must hold a folder train/background", "events info --set N-CARS %s", folder);
    run.assertRefused(
        "--set must be one of CIFAR10-DVS, DVS128 Gesture, ES-ImageNet,",
        "events info --set MNIST %s",
        folder);
  }

  @Test
  void shouldCountWordsOfSound() throws IOException {
    run.assertRefused("Training 0 instead of 8156", "events info --set SHD %s", folder);
  }

  @Test
  void shouldMeasureEveryFormatThatCanBeWritten() {
    run.assertDone("events speed --runs=1 --events=9000");
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
    for (EventsSpeed.RandomRecording recording : EventsSpeed.RandomRecording.values()) {
      Path file = folder.resolve(recording.fileName);
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
    run.assertDone("events speed --runs=2 %s %s", file, file);
    assertEquals(4, run.output().split("\\R").length, run.output());
    run.assertPrinted("| one | N-MNIST | 2 | 0.0 | ");
  }
}
