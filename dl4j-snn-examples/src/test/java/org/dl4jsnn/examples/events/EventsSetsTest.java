package org.dl4jsnn.examples.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dl4jsnn.event.data.DataSetFacts;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalogue of published data sets, and a folder checked against it. */
class EventsSetsTest {

  private static final byte[] EVENT = {3, 4, (byte) 0x80, 0, 10};

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  /** {@code -Dcatalogue.write=true} writes the table anew. */
  @Test
  void shouldListTheDataSetsAsThePageDoes() throws IOException {
    assertEquals(0, run.execute("events", "sets"), run.errors());
    Path page = Path.of(System.getProperty("build.root"), "docs", "events.md");
    String text = Files.readString(page);
    String begin = "<!-- begin data sets -->\n";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf("<!-- end data sets -->");
    assertTrue(from >= begin.length() && to >= from, "docs/events.md must have the table's marks");
    String table = String.join("\n", EventsExample.EventsSets.table()) + "\n";
    if (Boolean.getBoolean("catalogue.write")) {
      Files.writeString(page, text.substring(0, from) + table + text.substring(to));
    } else {
      assertEquals(table, text.substring(from, to), "of docs/events.md");
    }
    assertEquals(table, run.output().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void shouldKnowHowToOpenEveryDataSet() {
    List<String> names = DataSetFacts.all().stream().map(DataSetFacts::name).toList();
    assertEquals(
        names,
        List.of(SetCheck.PublishedSet.values()).stream().map(set -> set.facts().name()).toList());
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
    assertEquals(1, run.execute("events", "info", "--set", "n-mnist", folder.toString()));
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
    assertTrue(
        run.errors()
            .contains(
                "must be N-MNIST as published, got: Training 10 instead of 60000; Test 10"
                    + " instead of 10000; the checksum of Test.zip."),
        run.errors());
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
    assertEquals(1, run.execute("events", "info", "--set", "ES-ImageNet", folder.toString()));
    assertTrue(run.errors().contains("; 2 recordings missing"), run.errors());
    assertTrue(run.output().contains("Missing      2 recordings, such as "), run.output());
    assertTrue(run.output().contains("Read         2 recordings, one per class"), run.output());
  }

  @Test
  void shouldReportDamagedRecordingsAndMissingFolders() throws IOException {
    writeDigits();
    Path damaged = Files.write(folder.resolve("Train/7/1.bin"), new byte[] {1, 2, 3});
    assertEquals(1, run.execute("events", "info", "--set", "N_MNIST", folder.toString()));
    assertTrue(run.errors().contains(damaged + " at byte "), run.errors());
    assertEquals(1, run.execute("events", "info", "--set", "N-CARS", folder.toString()));
    assertTrue(run.errors().contains("must hold a folder train/background"), run.errors());
    assertEquals(1, run.execute("events", "info", "--set", "MNIST", folder.toString()));
    assertTrue(
        run.errors().contains("--set must be one of CIFAR10-DVS, DVS128 Gesture, ES-ImageNet,"),
        run.errors());
  }

  @Test
  void shouldCountWordsOfSound() throws IOException {
    assertEquals(1, run.execute("events", "info", "--set", "SHD", folder.toString()));
    assertTrue(run.errors().contains("Training 0 instead of 8156"), run.errors());
  }
}
