package org.dl4jsnn.event.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dl4jsnn.event.BackwardTime;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.ReadOptions;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TestEvent;
import org.dl4jsnn.event.augment.EventAugmentation;
import org.dl4jsnn.event.augment.Shift;
import org.dl4jsnn.event.frame.EventFrames;
import org.dl4jsnn.event.frame.FrameOptions;
import org.dl4jsnn.event.frame.FrameShape;
import org.dl4jsnn.event.frame.Slicing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;
import org.slf4j.LoggerFactory;

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

  private DataSet minibatch(EventDataSet from, FrameOptions options, EventAugmentation change) {
    return EventDataSetIterator.builder(from, from.train(), options)
        .batch(1000)
        .augmentation(change)
        .cache(cache)
        .build()
        .next();
  }

  private DataSet minibatch() {
    return minibatch(data, OPTIONS, EventAugmentation.none());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(cacheFolder)) {
      return files.sorted().toList();
    }
  }

  @Test
  void givesTheSameFramesAsWithoutACache() throws IOException {
    DataSet plain =
        EventDataSetIterator.builder(data, data.train(), OPTIONS).batch(1000).build().next();
    assertEquals(plain, minibatch());
    assertEquals(data.train().size(), files().size());
    assertTrue(files().stream().allMatch(file -> file.toString().endsWith(".frames")));
    Files.setLastModifiedTime(files().get(0), FileTime.fromMillis(0));
    assertEquals(plain, minibatch());
    assertEquals(FileTime.fromMillis(0), Files.getLastModifiedTime(files().get(0)));
  }

  @Test
  void holdsEventsOfPartsWhereFramesAreChangedAtRandom() throws IOException {
    DataSet first = minibatch(data, OPTIONS, Shift.upTo(2));
    assertEquals(data.train().size(), files().size());
    assertTrue(files().stream().allMatch(file -> file.toString().endsWith(".events")));
    assertEquals(first, minibatch(data, OPTIONS, Shift.upTo(2)));
    EventDataSet whole = Recordings.folders(folder.resolve("whole"), 2, 2);
    minibatch(whole, OPTIONS, Shift.upTo(2));
    assertEquals(data.train().size(), files().size(), "whole recordings are not held");
  }

  @Test
  void makesAnewWhatIsDamagedAndWarns() throws IOException {
    DataSet expected = minibatch();
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
                assertEquals(expected, minibatch());
                assertArrayEquals(whole, Files.readAllBytes(first));
              }
              Files.copy(files().get(1), first, StandardCopyOption.REPLACE_EXISTING);
              assertEquals(expected, minibatch());
            });
    assertEquals(Collections.nCopies(21, first + " is damaged, and is made again"), warnings);
  }

  private interface Action {
    void run() throws IOException;
  }

  private static List<String> warningsOf(Action action) throws IOException {
    Logger log = (Logger) LoggerFactory.getLogger(CacheFiles.class);
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    log.addAppender(appender);
    log.setAdditive(false);
    try {
      action.run();
    } finally {
      log.detachAppender(appender);
      log.setAdditive(true);
    }
    return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void makesAnewWhatHasChanged() throws IOException {
    int samples = data.train().size();
    minibatch();
    minibatch(data, OPTIONS.binary(), EventAugmentation.none());
    assertEquals(2 * samples, files().size());
    minibatch(
        data.reading(ReadOptions.defaults().backward(BackwardTime.SORT)),
        OPTIONS,
        EventAugmentation.none());
    assertEquals(3 * samples, files().size());
    Files.setLastModifiedTime(folder.resolve("data/long.aedat"), FileTime.fromMillis(1000));
    minibatch();
    assertEquals(4 * samples, files().size());
    minibatch();
    assertEquals(4 * samples, files().size());
  }

  @Test
  void leavesNothingBesideWholeFiles() throws IOException {
    minibatch();
    assertTrue(files().stream().noneMatch(file -> file.toString().endsWith(".part")));
  }

  @Test
  void packsAndUnpacksFrames() throws IOException {
    Random random = new Random(1);
    FrameShape shape = new FrameShape(2, 3, 5, 7);
    for (double density : new double[] {0, 0.1, 1}) {
      float[] values = new float[shape.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextDouble() < density ? random.nextInt(1 << 24) : 0;
      }
      byte[] bytes = FrameCodec.encode(new EventFrames(values, shape));
      assertArrayEquals(values, FrameCodec.decode(bytes, shape).values());
    }
    byte[] bytes = FrameCodec.encode(new EventFrames(new float[shape.size()], shape));
    assertThrows(IOException.class, () -> FrameCodec.decode(bytes, new FrameShape(1, 1, 1, 1)));
  }

  @Test
  void packsAndUnpacksEventsEvenIfTheyGoBackwards() throws IOException {
    SensorSize sensor = new SensorSize(32768, 32768);
    EventTable events = new EventTable("test", sensor);
    events.add(32767, 32767, Long.MAX_VALUE, true);
    events.add(0, 0, 0, false);
    events.add(32767, 0, Long.MAX_VALUE, false);
    events.add(5, 32767, 17, true);
    EventTable back = EventCodec.decode(EventCodec.encode(events), sensor);
    assertEquals(TestEvent.of(events), TestEvent.of(back));
    List<TestEvent> many = TestEvent.random(1, 20_000);
    EventTable table = TestEvent.table(TestEvent.SENSOR, many);
    byte[] bytes = EventCodec.encode(table);
    assertEquals(many, TestEvent.of(EventCodec.decode(bytes, TestEvent.SENSOR)));
    assertTrue(bytes.length < 5 * many.size(), bytes.length + " bytes");
  }
}
