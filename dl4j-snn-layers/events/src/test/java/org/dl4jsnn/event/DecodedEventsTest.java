package org.dl4jsnn.event;

import static org.dl4jsnn.Messages.assertBegins;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DecodedEventsTest {

  private static final int FIRST = 1024;

  @TempDir private Path folder;

  private final EventTable table = new EventTable("test", Optional.empty());
  private ByteSource source;

  @AfterEach
  void close() throws IOException {
    source.close();
  }

  private DecodedEvents sink(int bytes, BackwardTimestamps backward, SensorSize... sensor)
      throws IOException {
    source = new ByteSource(Files.write(folder.resolve("recording"), new byte[bytes]));
    return new DecodedEvents(source, Optional.ofNullable(first(sensor)), backward);
  }

  private static SensorSize first(SensorSize... sensor) {
    return sensor.length == 0 ? null : sensor[0];
  }

  private static void add(DecodedEvents sink, int events) throws IOException {
    for (int i = 0; i < events; i++) {
      sink.add(1, 1, 0, true);
    }
  }

  private void assertCapacity(int expected) {
    int room = expected - table.size();
    assertTrue(table.hasRoom(room), "less than " + expected);
    assertFalse(table.hasRoom(room + 1), "more than " + expected);
  }

  // The bytes that were read for the first 1024 events, and those of the file.
  @ParameterizedTest
  @CsvSource({
    // The rest holds 3 times as many, and a 32nd is added: 1024 + 3072 + 96.
    "8192, 32768, 4192",
    // Not more than 16 times as many at once.
    "1, 32768, 16384",
    // Not less than an eighth more, and one.
    "8192, 8193, 1153",
    // Half as many more, and one, while the rate is unknown or nothing is left.
    "0, 32768, 1537",
    "8192, 8192, 1537"
  })
  void shouldMakeRoomForWhatTheRestOfTheFileMayHold(int read, int size, int capacity)
      throws IOException {
    DecodedEvents sink = sink(size, BackwardTimestamps.REFUSE);
    sink.fill(table, Integer.MAX_VALUE);
    add(sink, FIRST);
    assertCapacity(FIRST);
    source.skip(read);
    add(sink, 1);
    assertCapacity(capacity);
  }

  @Test
  void shouldJudgeTheRateByWhatWasReadIntoTheTable() throws IOException {
    DecodedEvents sink = sink(24_100, BackwardTimestamps.REFUSE);
    for (int i = 0; i < 24; i++) {
      table.append(1, 1, 0, true);
    }
    source.skip(100);
    sink.fill(table, Integer.MAX_VALUE);
    add(sink, FIRST - 24);
    source.skip(8000);
    add(sink, 1);
    // 1000 events in 8000 bytes; 16,000 are left: 1024 + 2000 + 2000 / 32.
    assertCapacity(3086);
  }

  @Test
  void shouldGrowByHalfWhereTheSizeIsUnknown() throws IOException {
    source = new ByteSource(new ByteArrayInputStream(new byte[5000]), Path.of("camera"));
    DecodedEvents sink = new DecodedEvents(source, Optional.empty(), BackwardTimestamps.REFUSE);
    sink.fill(table, Integer.MAX_VALUE);
    add(sink, FIRST);
    source.skip(2000);
    add(sink, 1);
    assertCapacity(1537);
  }

  @Test
  void shouldMakeNoRoomForMoreThanIsAskedFor() throws IOException {
    DecodedEvents sink = sink(32_768, BackwardTimestamps.REFUSE);
    sink.fill(table, 1100);
    add(sink, FIRST + 1);
    assertCapacity(1100);
    assertFalse(sink.full());
    add(sink, 74);
    assertFalse(sink.full());
    add(sink, 1);
    assertTrue(sink.full());
  }

  @Test
  void shouldGiveRunsThatFitIntoTheTableAndWhatIsAskedFor() throws IOException {
    DecodedEvents sink = sink(100, BackwardTimestamps.REFUSE);
    sink.fill(table, 50);
    add(sink, 3);
    EventRun run = sink.run(10);
    assertEquals(3, run.start);
    assertEquals(13, run.limit);
    assertEquals(50, sink.run(48).limit);
    assertEquals(50, sink.run(47).limit);
    assertEquals(49, sink.run(46).limit);
  }

  @Test
  void shouldPauseOnceAnEventHasComeAndTooFewBytesFollow() throws IOException {
    DecodedEvents sink = sink(100, BackwardTimestamps.REFUSE);
    assertTrue(source.begin(1));
    sink.fill(table, 50, true);
    assertFalse(sink.pauses(101), "no event yet");
    assertFalse(sink.paused());
    add(sink, 1);
    assertFalse(sink.pauses(100), "all bytes are there");
    assertTrue(sink.pauses(101));
    assertTrue(sink.paused());
    sink.fill(table, 50, true);
    assertFalse(sink.paused());
    assertFalse(sink.pauses(101), "the event came before");
    sink.fill(table, 50);
    add(sink, 1);
    assertFalse(sink.pauses(101), "it may wait");
  }

  private EventRun run(DecodedEvents sink, int x, long... times) {
    EventRun run = sink.run(times.length);
    for (int i = 0; i < times.length; i++) {
      run.place[run.start + i] = EventWord.of(x, 3, true);
      run.t[run.start + i] = times[i];
    }
    run.endAt(run.start + times.length);
    return run;
  }

  @Test
  void shouldTakeRunsInOrderAndOnTheSensorOnly() throws IOException {
    DecodedEvents sink = sink(100, BackwardTimestamps.KEEP, new SensorSize(8, 4));
    sink.fill(table, 50);
    assertTrue(sink.take(run(sink, 7, 5, 5, 9)));
    assertFalse(sink.take(run(sink, 7, 8)), "before the last");
    assertFalse(sink.take(run(sink, 8, 9)), "off the sensor");
    assertFalse(sink.take(run(sink, 7, 9, 11, 10)), "falls");
    assertEquals(3, table.size());
    EventRun empty = sink.run(4);
    assertTrue(sink.take(empty));
    assertEquals(3, table.size());
    assertTrue(sink.take(run(sink, 0, 9)), "at the same time");
    assertEquals(4, table.size());
    sink.add(0, 0, 7, true);
    assertEquals(2, sink.furthestBack());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REFUSE")
  void shouldCountTimesThatGoBackwards(BackwardTimestamps backward) throws IOException {
    DecodedEvents sink = sink(100, backward);
    sink.fill(table, 50);
    sink.add(1, 2, 10, true);
    sink.add(1, 2, 10, true);
    assertEquals(0, sink.backwardEvents());
    assertEquals(0, sink.furthestBack());
    sink.add(1, 2, 4, false);
    sink.add(1, 2, 9, false);
    assertEquals(2, sink.backwardEvents());
    assertEquals(6, sink.furthestBack());
    sink.add(1, 2, 0, false);
    assertEquals(10, sink.furthestBack());
    sink.add(1, 2, 12, true);
    assertEquals(3, sink.backwardEvents());
    assertEquals(6, table.size());
    assertRefused("t must be from 0 to 2^63 - 1 µs, got -1. ", () -> sink.add(1, 2, -1, true));
    assertEquals(3, sink.backwardEvents());
  }

  @Test
  void shouldRefuseTimesThatGoBackwards() throws IOException {
    DecodedEvents sink = sink(100, BackwardTimestamps.REFUSE);
    sink.fill(table, 50);
    sink.add(1, 2, 10, true);
    assertRefused("t must not go backwards, got 9 µs after 10 µs. ", () -> sink.add(1, 2, 9, true));
    assertEquals(1, table.size());
    assertEquals(0, sink.backwardEvents());
  }

  @Test
  void shouldRefuseEventsOffTheSensorOrTheLargestOne() throws IOException {
    DecodedEvents small = sink(100, BackwardTimestamps.KEEP, new SensorSize(8, 4));
    small.fill(table, 50);
    small.add(7, 3, 0, true);
    String rule = "(x, y) must be on the sensor of 8 x 4, got (8, 3). ";
    assertRefused(rule, () -> small.add(8, 3, 0, true));
    DecodedEvents large = new DecodedEvents(source, Optional.empty(), BackwardTimestamps.KEEP);
    large.fill(table, 50);
    large.add(32_767, 32_767, 0, true);
    String largest = "(x, y) must be on the sensor of 32768 x 32768, got (0, 32768). ";
    assertRefused(largest, () -> large.add(0, 32_768, 0, true));
    assertEquals(2, table.size());
  }

  /** Refused at the record that began last, byte 3. */
  private void assertRefused(String rule, Executable call) throws IOException {
    if (source.recordStart() == 0) {
      source.skip(3);
      assertTrue(source.begin(1));
    }
    assertBegins(EventFormatException.class, source.file() + " at byte 3: " + rule, call);
  }
}
