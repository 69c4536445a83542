package org.dl4jsnn.event.data;

import static org.dl4jsnn.Messages.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dl4jsnn.LogOf;
import org.dl4jsnn.event.BackwardTimestamps;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TestEvent;
import org.dl4jsnn.event.TimeWindow;
import org.dl4jsnn.event.WrittenFormat;
import org.dl4jsnn.event.augment.EventAugmentation;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.event.frame.Slicing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SampleCacheTest {

  private static final FrameOptions OPTIONS = FrameOptions.of(Slicing.intoEqualParts(4));

  @TempDir private Path folder;
  private Path cacheFolder;
  private SampleCache cache;
  private EventDataSet data;

  @BeforeEach
  void write() throws IOException {
    data = Recordings.segments(folder.resolve("data"));
    cacheFolder = folder.resolve("cache");
    cache = SampleCache.in(cacheFolder);
  }

  private static List<FloatBuffer> values(EventDataSet from, SampleFrames frames)
      throws IOException {
    List<FloatBuffer> values = new ArrayList<>();
    for (EventSample sample : from.train()) {
      values.add(FloatBuffer.wrap(frames.of(sample, new Random(1)).values()));
    }
    return values;
  }

  private List<FloatBuffer> cached(
      EventDataSet from, FrameOptions options, EventAugmentation change) throws IOException {
    return values(from, new SampleFrames(from, options, change, Optional.of(cache)));
  }

  private List<FloatBuffer> cached(FrameOptions options) throws IOException {
    return cached(data, options, EventAugmentation.none());
  }

  private List<FloatBuffer> cached() throws IOException {
    return cached(OPTIONS);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(cacheFolder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void shouldGiveTheSameFramesAsWithoutACache() throws IOException {
    List<FloatBuffer> plain = plain(OPTIONS);
    assertEquals(plain, cached());
    assertEquals(data.train().size(), files().size());
    assertTrue(files().stream().allMatch(file -> file.toString().endsWith(".frames")));
    Files.setLastModifiedTime(files().get(0), FileTime.fromMillis(0));
    assertEquals(plain, cached());
    assertEquals(FileTime.fromMillis(0), Files.getLastModifiedTime(files().get(0)));
  }

  @Test
  void shouldHoldEventsOfPartsWhereFramesAreChangedAtRandom() throws IOException {
    List<FloatBuffer> first = cached(data, OPTIONS, EventAugmentation.shift(2));
    assertEquals(data.train().size(), files().size());
    assertTrue(files().stream().allMatch(file -> file.toString().endsWith(".events")));
    assertEquals(first, cached(data, OPTIONS, EventAugmentation.shift(2)));
    EventDataSet whole = Recordings.folders(folder.resolve("whole"), 2, 2);
    cached(whole, OPTIONS, EventAugmentation.shift(2));
    assertEquals(data.train().size(), files().size(), "whole recordings are not held");
  }

  @Test
  void shouldRemakeWhatIsDamagedAndWarn() throws IOException {
    List<FloatBuffer> expected = cached();
    Random random = new Random(1);
    Path first = files().get(0);
    byte[] whole = Files.readAllBytes(first);
    List<String> warnings =
        warningsOf(
            () -> {
              for (int i = 0; i < 20; i++) {
                byte[] damaged = whole.clone();
                damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(first, i == 0 ? new byte[3] : damaged);
                assertEquals(expected, cached());
                assertArrayEquals(whole, Files.readAllBytes(first));
              }
              Files.copy(files().get(1), first, StandardCopyOption.REPLACE_EXISTING);
              assertEquals(expected, cached());
            });
    assertEquals(Collections.nCopies(21, first + " is damaged and is made again"), warnings);
  }

  private interface Action {
    void run() throws IOException;
  }

  private static List<String> warningsOf(Action action) throws IOException {
    try (LogOf log = new LogOf(CacheFiles.class)) {
      action.run();
      return log.messages(Level.WARN);
    }
  }

  @Test
  void shouldRemakeWhatHasChanged() throws IOException {
    int samples = data.train().size();
    cached();
    cached(OPTIONS.binary());
    assertEquals(2 * samples, files().size());
    cached(
        data.reading(ReadOptions.defaults().backward(BackwardTimestamps.SORT)),
        OPTIONS,
        EventAugmentation.none());
    assertEquals(3 * samples, files().size());
    Files.setLastModifiedTime(folder.resolve("data/long.aedat"), FileTime.fromMillis(1000));
    cached();
    assertEquals(4 * samples, files().size());
    cached();
    assertEquals(4 * samples, files().size());
  }

  /** k of every ten events in step 0, the others in step 1; its text is the same for every k. */
  private record Tenths(int k, Optional<String> cacheKey) implements Slicing {
    @Override
    public int steps() {
      return 2;
    }

    @Override
    public int[] stepsOf(EventTable events, TimeWindow window) {
      return IntStream.range(0, events.size()).map(i -> i % 10 < k ? 0 : 1).toArray();
    }

    @Override
    public String toString() {
      return "mine";
    }
  }

  private List<FloatBuffer> plain(FrameOptions options) throws IOException {
    return values(
        data, new SampleFrames(data, options, EventAugmentation.none(), Optional.empty()));
  }

  @Test
  void shouldDistinguishCustomSlicingsByTheirKeysWhateverTheirText() throws IOException {
    for (int k : new int[] {2, 8}) {
      FrameOptions options = FrameOptions.of(new Tenths(k, Optional.of("k = " + k)));
      assertEquals(plain(options), cached(options));
    }
    assertEquals(2 * data.train().size(), files().size());
    // The same key of another class means something else.
    Slicing other =
        new Slicing() {
          @Override
          public int steps() {
            return 2;
          }

          @Override
          public int[] stepsOf(EventTable events, TimeWindow window) {
            return new int[events.size()];
          }

          @Override
          public Optional<String> cacheKey() {
            return Optional.of("k = 2");
          }
        };
    FrameOptions options = FrameOptions.of(other);
    assertEquals(plain(options), cached(options));
  }

  @Test
  void shouldRefuseToKeepFramesOfASlicingWithoutAKey() throws IOException {
    FrameOptions options = FrameOptions.of(new Tenths(2, Optional.empty()));
    assertMessage(
        IllegalArgumentException.class,
        "slicing must have a cacheKey() if frames are cached, got none from mine of "
            + Tenths.class
            + ". Let cacheKey() name all settings of the slicing, or leave the cache out",
        () -> cached(options));
    // With an augmentation, events are kept, not frames.
    cached(data, options, EventAugmentation.shift(2));
  }

  @Test
  void shouldRemakeWhatHasOtherContentOfTheSameSizeAndTime() throws IOException {
    data = Recordings.folders(folder.resolve("whole"), 2, 2);
    Path file = data.train().get(0).file();
    FileTime time = Files.getLastModifiedTime(file);
    List<FloatBuffer> before = cached();
    byte[] bytes = Files.readAllBytes(file);
    bytes[0] ^= 1; // x of the first event
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, time);
    assertEquals(plain(OPTIONS), cached());
    assertNotEquals(before, cached());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need an administrator there")
  void shouldRemakeWhatALinkNowLeadsTo() throws IOException {
    Path one = Recordings.folders(folder.resolve("one"), 1, 2).train().get(0).file();
    Path two = Recordings.folders(folder.resolve("two"), 1, 2).train().get(1).file();
    Files.setLastModifiedTime(two, Files.getLastModifiedTime(one));
    Path link = folder.resolve("link");
    EventSample sample = new EventSample(link.resolve("../").resolve("file"), 0);
    List<List<FloatBuffer>> found = new ArrayList<>();
    for (Path target : List.of(one, two)) {
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, target.getParent());
      Files.copy(
          target,
          target.getParent().resolveSibling("file"),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
      EventDataSet linked =
          new EventDataSet(
              "linked",
              List.of("class"),
              TestEvent.SENSOR,
              ReadOptions.defaults().sensor(TestEvent.SENSOR.width(), TestEvent.SENSOR.height()),
              List.of(sample),
              List.of(),
              List.of());
      found.add(cached(linked, OPTIONS, EventAugmentation.none()));
    }
    assertNotEquals(found.get(0), found.get(1));
  }

  @Test
  void shouldKeepNothingOldUnderTheNameOfARecordingThatChangesWhileItIsInUse() throws IOException {
    SampleFrames frames =
        new SampleFrames(data, OPTIONS, EventAugmentation.none(), Optional.of(cache));
    values(data, frames);
    Path recording = data.train().get(0).file();
    Files.write(recording, WrittenFormat.AEDAT_2.bytes(TestEvent.random(7, 3000)));
    assertEquals(plain(OPTIONS), values(data, frames));
    assertEquals(plain(OPTIONS), cached());
  }

  @Test
  void shouldGoOnWithoutACacheThatCannotBeWrittenAndWarnOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    cache = SampleCache.in(file.resolve("cache"));
    List<String> warnings =
        warningsOf(
            () -> {
              assertEquals(plain(OPTIONS), cached());
              assertEquals(plain(OPTIONS), cached());
            });
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(
        warnings.get(0).startsWith("The cache in " + file.resolve("cache") + " cannot be "),
        warnings.get(0));
    assertEquals("no folder", Files.readString(file));
  }

  @Test
  void shouldGoOnWithoutAKeptSampleThatCannotBeRead() throws IOException {
    List<FloatBuffer> expected = cached();
    Path kept = files().get(0);
    Files.delete(kept);
    Files.createDirectory(kept); // not even an administrator reads this as a file
    List<String> warnings =
        warningsOf(
            () -> {
              assertEquals(expected, cached());
              assertEquals(expected, cached());
            });
    assertEquals(1, warnings.size(), warnings.toString());
  }

  @Test
  void shouldCleanUpWhatKilledProgramsLeftAndNothingElse() throws IOException {
    Files.createDirectories(cacheFolder);
    String hash = "0123456789abcdef0123456789abcdef";
    FileTime old = FileTime.fromMillis(System.currentTimeMillis() - 3_600_000);
    for (String orphan : List.of(hash + ".frames12345.part", hash + ".events.9.part")) {
      Files.setLastModifiedTime(Files.createFile(cacheFolder.resolve(orphan)), old);
    }
    Path writing = Files.createFile(cacheFolder.resolve(hash + ".frames.8.part"));
    Path precious = Files.createFile(cacheFolder.resolve("film.part"));
    Path kept = Files.createFile(cacheFolder.resolve(hash + ".frames"));
    Files.setLastModifiedTime(precious, old);
    Files.setLastModifiedTime(kept, old);
    cached();
    Set<Path> all = new HashSet<>(files());
    assertTrue(all.containsAll(List.of(writing, precious, kept)), all.toString());
    assertEquals(data.train().size() + 3, all.size(), all.toString());
  }

  @Test
  void shouldPackAndUnpackFrames() throws IOException {
    Random random = new Random(1);
    FrameShape shape = new FrameShape(2, 3, 5, 7);
    for (double density : new double[] {0, 0.1, 1}) {
      float[] values = new float[shape.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextDouble() < density ? random.nextInt(1 << 24) : 0;
      }
      byte[] bytes = SampleCodec.encode(new EventFrames(values, shape));
      assertArrayEquals(values, SampleCodec.decode(bytes, shape).values());
    }
    byte[] bytes = SampleCodec.encode(new EventFrames(new float[shape.size()], shape));
    assertThrows(IOException.class, () -> SampleCodec.decode(bytes, new FrameShape(1, 1, 1, 1)));
  }

  @Test
  void shouldPackAndUnpackEventsEvenIfTheyGoBackwards() throws IOException {
    SensorSize sensor = new SensorSize(32768, 32768);
    EventTable events = new EventTable("test", sensor);
    events.add(32767, 32767, Long.MAX_VALUE, true);
    events.add(0, 0, 0, false);
    events.add(32767, 0, Long.MAX_VALUE, false);
    events.add(5, 32767, 17, true);
    EventTable back = SampleCodec.decode(SampleCodec.encode(events), sensor);
    assertEquals(TestEvent.of(events), TestEvent.of(back));
    List<TestEvent> many = TestEvent.random(1, 20_000);
    EventTable table = TestEvent.table(TestEvent.SENSOR, many);
    byte[] bytes = SampleCodec.encode(table);
    assertEquals(many, TestEvent.of(SampleCodec.decode(bytes, TestEvent.SENSOR)));
    assertTrue(bytes.length < 5 * many.size(), bytes.length + " bytes");
  }
}
