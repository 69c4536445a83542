package org.dl4jsnn.examples.events;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.dl4jsnn.event.EventFiles;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.data.EventDataSet;
import org.dl4jsnn.examples.cli.CommandLineRun;
import org.dl4jsnn.examples.data.ColourImages;
import org.dl4jsnn.examples.support.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsSimulateTest {

  @TempDir private Path folder;
  private final CommandLineRun run = new CommandLineRun();

  private Path simulate(String name, String options) {
    Path to = folder.resolve(name);
    run.assertDone("events simulate --images=mnist --to=%s " + options, to);
    return to;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }

  @Test
  void shouldLayRecordingsOutAsNMnist() throws IOException {
    Path to = simulate("set", "--incomplete --first=5 --test-first=2");
    // MNIST begins with 5, 0, 4, 1, 9, and its test part with 7, 2.
    assertEquals(
        List.of(
            Path.of("Test/2/00002.bin"),
            Path.of("Test/7/00001.bin"),
            Path.of("Train/0/00002.bin"),
            Path.of("Train/1/00004.bin"),
            Path.of("Train/4/00003.bin"),
            Path.of("Train/5/00001.bin"),
            Path.of("Train/9/00005.bin")),
        files(to));
    EventTable events =
        EventFiles.read(to.resolve("Train/5/00001.bin"), ReadOptions.defaults().sensor(34, 34));
    assertTrue(events.size() > 1000 && events.t(events.size() - 1) < 315_000, events.toString());
    assertTrue(run.output().startsWith("7 recordings in " + to + ", on average "), run.output());
  }

  @Test
  void shouldLayRecordingsOutAsCifar10Dvs() throws IOException {
    Path to = simulate("set", "--incomplete --first=8 --camera=cifar10-dvs");
    // 5, 0, 4, 1, 9, 2, 1, 3
    assertTrue(files(to).contains(Path.of("1/mnist_1_0.aedat")));
    assertTrue(files(to).contains(Path.of("1/mnist_1_1.aedat")));
    assertEquals(8, files(to).size());
    EventTable events = EventFiles.read(to.resolve("5/mnist_5_0.aedat"));
    assertEquals(new SensorSize(128, 128), events.sensor());
    assertTrue(events.size() > 10_000, events.toString());
  }

  @Test
  void shouldMakeTheSameFilesWhateverTheThreadsAndTheirNumber() throws IOException {
    Path one = simulate("one", "--incomplete --first=3 --test-first=1 --threads=1");
    Path three = simulate("three", "--incomplete --first=5 --test-first=2 --threads=3");
    for (Path file : files(one)) {
      assertArrayEquals(
          Files.readAllBytes(one.resolve(file)), Files.readAllBytes(three.resolve(file)));
    }
    Path other = simulate("other", "--incomplete --first=1 --test-first=1 --seed=2");
    Path file = Path.of("Train/5/00001.bin");
    assertTrue(Files.mismatch(one.resolve(file), other.resolve(file)) >= 0);
  }

  @Test
  void shouldRecordTheFirstOfEachClassAsInALargerSet() throws IOException {
    Path all = simulate("all", "--incomplete --first=7 --camera=cifar10-dvs");
    Path one = simulate("one", "--incomplete --first=7 --per-class=1 --camera=cifar10-dvs");
    // 5, 0, 4, 1, 9, 2, 1
    assertEquals(6, files(one).size());
    for (Path file : files(one)) {
      assertTrue(file.toString().endsWith("_0.aedat"), file.toString());
      assertEquals(-1, Files.mismatch(one.resolve(file), all.resolve(file)));
    }
  }

  @Test
  void shouldRefuseASetThatNobodyCouldReadBeforeItRecords() throws IOException {
    // 18 training and 62 test digits hold all ten.
    assertRefused("--first must be at least 18, for each class to occur, got 17", "--first=17");
    assertRefused(
        "--test-first must be at least 62, for each class to occur, got 20",
        "--first=40 --test-first=20");
    assertRefused("With --incomplete the set is made for viewing", "--first=17");
    Path to = simulate("set", "--first=18 --test-first=62");
    EventDataSet set = EventDataSet.nMnist(to);
    assertEquals(18, set.train().size());
    assertEquals(62, set.test().size());
  }

  private void assertRefused(String message, String options) {
    Path to = folder.resolve("refused");
    run.assertRefused(message, "events simulate --to=%s " + options, to);
    assertFalse(Files.exists(to));
  }

  @Test
  void shouldRefuseASetOfColoursThatNobodyCouldRead() throws IOException {
    int[] labels = new int[10_020];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % 10;
    }
    byte[][] images = new byte[labels.length][3072];
    SourceImages colours = SourceImages.of(new ColourImages(images, labels));
    SimulatedSet set = SimulatedSet.CIFAR10_DVS;
    set.requireComplete("--first", colours, 20, Integer.MAX_VALUE);
    set.requireComplete("--first", colours, 10_020, 1000);
    String range = "--per-class must be from 2 to 1000 for a set of cifar10-dvs that can be read";
    assertMessage("--first must be at least 20, for each", set, colours, 19, Integer.MAX_VALUE);
    assertMessage(range + ", got 1.", set, colours, 10_020, 1);
    assertMessage(range + ", got none, and 1002 of", set, colours, 10_020, Integer.MAX_VALUE);
  }

  private static void assertMessage(
      String start, SimulatedSet set, SourceImages images, int count, int perClass) {
    String message =
        assertThrows(UserError.class, () -> set.requireComplete("--first", images, count, perClass))
            .getMessage();
    assertTrue(message.startsWith(start), message);
  }

  @Test
  void shouldLeaveAnotherSetAlone() throws IOException {
    Files.writeString(folder.resolve("precious"), "data");
    assertEquals(1, run.execute("events simulate --to=%s", folder));
    assertTrue(
        run.errors()
            .startsWith(
                "--to must be a folder that is new or empty, got " + folder + " with precious"),
        run.errors());
    assertEquals(List.of(Path.of("precious")), files(folder));
  }

  @Test
  void shouldSayWhatItCannotWrite() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    String to = "--to=" + file.resolve("set");
    assertEquals(1, run.execute("events simulate %s --threads=2", to), run.errors());
    assertTrue(run.errors().startsWith("Cannot write " + file), run.errors());
    run.assertRefused(
        "--to must be a folder that is new or empty, got " + file, "events simulate --to=%s", file);
  }

  @Test
  void shouldDrawOnRedAndOffBlue() throws IOException {
    byte[] recording = {
      1, 0, (byte) 0x80, 0, 10, // ON
      0, 1, 0, 0, 20, // OFF
      2, 2, (byte) 0x80, 0, 110 // ON, 100 µs after the first
    };
    Path file = Files.write(folder.resolve("recording"), recording);
    Path to = folder.resolve("image.png");
    run.assertDone("events render %s --to=%s --length-us=100 --slices=2 --scale=2", file, to);
    BufferedImage image = ImageIO.read(to.toFile());
    // Behind the axis of y, below the slices' times.
    BufferedImage first = image.getSubimage(2 * 58, 2 * 26, 12, 12);
    assertEquals(0xFFFF0000, first.getRGB(6, 2));
    assertEquals(0xFF0000FF, first.getRGB(0, 4));
    assertEquals(0xFFFFFFFF, first.getRGB(10, 10));
    assertTrue(
        IntStream.range(2 * (58 + 6), image.getWidth())
            .anyMatch(x -> image.getRGB(x, 2 * (26 + 5)) == 0xFFFF0000),
        "a second slice");
    assertTrue(run.output().startsWith("2 slices of 100 µs from 10 µs in "), run.output());
  }
}
