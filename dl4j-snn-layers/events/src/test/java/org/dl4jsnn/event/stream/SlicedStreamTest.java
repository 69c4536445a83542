package org.dl4jsnn.event.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.dl4jsnn.event.EventTable;
import org.dl4jsnn.event.SensorSize;
import org.dl4jsnn.event.TimeWindow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SlicedStreamTest {

  private static final long MILLI = 1_000_000;

  private final HandClock clock = new HandClock();
  private final List<Runnable> tasks = new ArrayList<>();

  /** Read when the test runs the task. */
  private SlicedStream slices(EventStream stream, long length, int waiting) {
    return slices(stream, length, SliceOptions.defaults().waiting(waiting));
  }

  private SlicedStream slices(EventStream stream, long length, SliceOptions options) {
    return SlicedStream.start(stream, length, options, clock, tasks::add);
  }

  private SlicedStream read(ScriptedStream stream, int waiting) {
    SlicedStream slices = slices(stream, 10, waiting);
    read();
    return slices;
  }

  private void read() {
    tasks.remove(0).run();
  }

  private static List<EventSlice> all(SlicedStream slices) throws Exception {
    List<EventSlice> all = new ArrayList<>();
    for (Optional<EventSlice> next = slices.next(); next.isPresent(); next = slices.next()) {
      all.add(next.get());
    }
    return all;
  }

  private static List<Long> numbers(List<EventSlice> slices) {
    return slices.stream().map(EventSlice::number).toList();
  }

  private static List<Integer> sizes(List<EventSlice> slices) {
    return slices.stream().map(slice -> slice.events().size()).toList();
  }

  @Test
  void shouldCutAtEqualTimesFromTheFirstEventOn() throws Exception {
    SlicedStream slices = read(new ScriptedStream().then(5, 14).then(15, 16, 24).then(25), 9);
    List<EventSlice> all = all(slices);
    assertEquals(List.of(2, 3, 1), sizes(all));
    assertEquals(List.of(0L, 1L, 2L), numbers(all));
    assertEquals(new TimeWindow(15, 25), all.get(1).window());
    assertEquals(24, all.get(1).events().t(2));
    assertEquals(ScriptedStream.SENSOR, all.get(1).events().sensor());
  }

  @Test
  void shouldGiveSlicesWithoutEvents() throws Exception {
    SlicedStream slices = read(new ScriptedStream().then(0, 35), 9);
    List<EventSlice> all = all(slices);
    assertEquals(List.of(1, 0, 0, 1), sizes(all));
    assertEquals(new TimeWindow(20, 30), all.get(2).window());
  }

  @Test
  void shouldDropTheOldestSlicesWholeAndCountThem() throws Exception {
    SlicedStream slices = read(new ScriptedStream().then(0, 1, 10, 20, 21, 30, 40), 2);
    List<EventSlice> all = all(slices);
    assertEquals(List.of(3L, 4L), numbers(all));
    assertEquals(3, slices.figures().dropped());
    assertEquals(7, slices.figures().events());
  }

  @Test
  void shouldDropNothingWhileTheNetworkKeepsUp() throws Exception {
    List<EventSlice> taken = new ArrayList<>();
    SlicedStream[] slices = new SlicedStream[1];
    ScriptedStream stream = new ScriptedStream().then(0);
    for (int i = 1; i < 50; i++) {
      long time = 10L * i;
      stream.then(time);
      stream.then(
          () -> {
            taken.add(slices[0].next().orElseThrow());
            return ScriptedStream.at(time);
          });
    }
    slices[0] = slices(stream, 10, 1);
    read();
    taken.addAll(all(slices[0]));
    assertEquals(0, slices[0].figures().dropped());
    assertEquals(50, taken.size());
    assertEquals(99, taken.stream().mapToInt(slice -> slice.events().size()).sum());
  }

  @Test
  void shouldPassOverALongSilenceAtOnceAndCountIt() throws Exception {
    long late = 10L * 1_000_000_000_000L;
    SlicedStream slices = read(new ScriptedStream().then(0, late), 3);
    List<EventSlice> all = all(slices);
    assertEquals(List.of(0, 0, 1), sizes(all));
    assertEquals(new TimeWindow(late, late + 10), all.get(2).window());
    assertEquals(late / 10 + 1 - 3, slices.figures().dropped());
  }

  /** With the slice before the silence, and as many empty slices as may wait with it. */
  @Test
  void shouldGiveTheSliceBeforeASilence() throws Exception {
    for (long silence : new long[] {50, 100, 1_000_000}) {
      for (int room : new int[] {1, 2, 4}) {
        List<EventSlice> taken = new ArrayList<>();
        SlicedStream[] slices = new SlicedStream[1];
        ScriptedStream stream =
            new ScriptedStream()
                .then(0)
                .then(silence)
                .then(
                    () -> {
                      while (taken.size() < room) {
                        taken.add(slices[0].next().orElseThrow());
                      }
                      return ScriptedStream.at(silence + 1);
                    });
        slices[0] = slices(stream, 10, room);
        read();
        taken.addAll(all(slices[0]));
        List<Long> expected = new ArrayList<>(List.of(0L));
        LongStream.rangeClosed(silence / 10 - room + 1, silence / 10).forEach(expected::add);
        assertEquals(expected, numbers(taken));
        assertEquals(1, taken.get(0).events().size());
        assertEquals(silence / 10 - room, slices[0].figures().dropped());
      }
    }
  }

  @Test
  void shouldMeasureFromTheArrivalOfTheLastEventToTheAnswer() throws Exception {
    ScriptedStream stream = new ScriptedStream();
    for (int slice = 0; slice < 100; slice++) {
      long time = 10L * slice;
      stream.then(
          () -> {
            clock.pass(50 * MILLI);
            return ScriptedStream.at(time);
          });
    }
    SlicedStream slices = slices(stream, 10, 100);
    assertTrue(slices.figures().latency().isEmpty());
    read();
    for (int i = 0; i < 100; i++) {
      EventSlice slice = slices.next().orElseThrow();
      assertEquals(50 * MILLI * (i + 1), slice.arrived());
      // The answers come i + 1 ms after the arrivals.
      HandClock answer = new HandClock();
      answer.pass(slice.arrived() + (i + 1) * MILLI - clock.nanos());
      clock.pass(answer.nanos());
      slices.answered(slice);
    }
    assertEquals(100, slices.figures().answered());
    assertEquals(new StreamFigures.Latency(50, 99), slices.figures().latency().orElseThrow());
  }

  @Test
  void shouldThrowWhatEndedTheStreamAfterTheSlicesBeforeIt() throws Exception {
    IOException damage = new IOException("damaged");
    ScriptedStream stream =
        new ScriptedStream()
            .then(0, 10, 11)
            .then(
                () -> {
                  throw damage;
                });
    SlicedStream slices = read(stream, 4);
    assertEquals(1, slices.next().orElseThrow().events().size());
    assertEquals(2, slices.next().orElseThrow().events().size());
    assertSame(damage, assertThrows(IOException.class, slices::next));
    assertSame(damage, assertThrows(IOException.class, slices::next));
  }

  @Test
  void shouldPassOnUnexpectedFailures() {
    ScriptedStream stream =
        new ScriptedStream()
            .then(
                () -> {
                  throw new OutOfMemoryError("made by a test");
                });
    SlicedStream slices = read(stream, 4);
    Throwable cause = assertThrows(IllegalStateException.class, slices::next).getCause();
    assertEquals("made by a test", cause.getMessage());
  }

  @Test
  void shouldRefuseTimesBeforeASliceThatIsOver() {
    SlicedStream slices = read(new ScriptedStream().then(0, 20, 3), 4);
    assertThrows(
        IOException.class,
        () -> {
          for (int i = 0; i < 4; i++) {
            slices.next();
          }
        });
  }

  @Test
  void shouldRefuseAnInvalidLengthOrQueueSize() {
    ScriptedStream stream = new ScriptedStream();
    assertThrows(IllegalArgumentException.class, () -> slices(stream, 0, 4));
    assertThrows(IllegalArgumentException.class, () -> slices(stream, 10, 0));
  }

  @Test
  void shouldEndWhenClosedWhileTheNetworkWaits() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    ScriptedStream stream =
        new ScriptedStream()
            .then(
                () -> {
                  began.countDown();
                  end.await();
                  return ScriptedStream.at();
                });
    SlicedStream slices = SlicedStream.start(stream, 10);
    assertTrue(began.await(50, TimeUnit.SECONDS));
    slices.close();
    assertTrue(slices.next().isEmpty());
    assertTrue(stream.isClosed());
    end.countDown();
  }

  private final SliceOptions one = SliceOptions.defaults().waiting(1).blocking();

  @Test
  void shouldWaitForASlowNetworkRatherThanDropSlices() throws Exception {
    SlicedStream slices = slices(new ScriptedStream().then(0, 10, 55).then(60, 70), 10, one);
    Thread reading = new Thread(tasks.remove(0));
    reading.start();
    // Its only place is taken, so reading cannot end.
    reading.join(100);
    assertTrue(reading.isAlive());
    List<EventSlice> all = all(slices);
    assertEquals(LongStream.range(0, 8).boxed().toList(), numbers(all));
    assertEquals(List.of(1, 1, 0, 0, 0, 1, 1, 1), sizes(all));
    assertEquals(0, slices.figures().dropped());
    reading.join();
  }

  /** A clock that jumps makes a silence of any length. */
  @Test
  void shouldEndWhenClosedWhileReadingWaitsForTheNetwork() throws Exception {
    SlicedStream slices = slices(new ScriptedStream().then(0, Long.MAX_VALUE / 2), 10, one);
    Thread reading = new Thread(tasks.remove(0));
    reading.start();
    assertEquals(0, slices.next().orElseThrow().number());
    assertEquals(1, slices.next().orElseThrow().number());
    slices.close();
    reading.join();
    all(slices);
  }

  @Test
  void shouldWarmUpBeforeItReads() throws Exception {
    List<EventSlice> made = new ArrayList<>();
    SliceOptions options =
        SliceOptions.defaults()
            .warmingUp(
                slice -> {
                  assertTrue(tasks.isEmpty(), "reading has begun");
                  made.add(slice);
                  clock.pass(300 * MILLI);
                });
    SlicedStream slices = slices(new ScriptedStream().then(5, 14, 15), 10, options);
    assertEquals(17, made.size()); // five seconds
    assertEquals(LongStream.range(0, 17).boxed().toList(), numbers(made));
    for (EventSlice slice : made) {
      assertEquals(ScriptedStream.SENSOR, slice.events().sensor());
      assertTrue(slice.events().size() > 0, "a slice without events");
      assertEquals(new TimeWindow(0, 10), slice.window());
    }
    assertEquals(new StreamFigures(0, 0, 0, Optional.empty()), slices.figures());
    read();
    assertEquals(List.of(0L, 1L), numbers(all(slices)));
    assertEquals(17, made.size());
  }

  @ParameterizedTest
  @CsvSource({"0, 1000", "2, 500", "20, 100", "49, 100", "1000, 5"})
  void shouldWarmUpLongEnoughForJavaToCompile(long millis, int expected) {
    List<EventSlice> made = new ArrayList<>();
    SliceOptions options =
        SliceOptions.defaults()
            .warmingUp(
                slice -> {
                  made.add(slice);
                  clock.pass(millis * MILLI);
                });
    slices(new ScriptedStream(), 10, options);
    assertEquals(expected, made.size());
  }

  @Test
  void shouldPassOnWhatTheWarmUpThrows() {
    SliceOptions options =
        SliceOptions.defaults()
            .warmingUp(
                slice -> {
                  throw new IllegalArgumentException("another sensor");
                });
    assertThrows(IllegalArgumentException.class, () -> slices(new ScriptedStream(), 10, options));
    assertTrue(tasks.isEmpty());
  }

  @Test
  void shouldTellItsFiguresWithUnits() {
    assertEquals(
        "12,345 events, 0 slices answered, 2 dropped",
        new StreamFigures(12_345, 0, 2, Optional.empty()).toString());
    assertEquals(
        "500 events, 10 slices answered, 0 dropped, latency median 4.80 ms, 99th percentile"
            + " 14.95 ms",
        new StreamFigures(500, 10, 0, Optional.of(new StreamFigures.Latency(4.8, 14.95)))
            .toString());
  }

  @Test
  void shouldGiveAllEventsOfARecordingThatIsReplayedOnAnotherThread() throws Exception {
    EventTable events = new EventTable("test", new SensorSize(4, 3));
    for (int i = 0; i < 5000; i++) {
      events.add(i % 4, i % 3, 7L * i, i % 2 == 0);
    }
    try (SlicedStream slices =
        SlicedStream.start(
            EventStream.replay(events, 1000, new HandClock()),
            1000,
            SliceOptions.defaults().waiting(100),
            StreamClock.system(),
            reading -> new Thread(reading).start())) {
      List<EventSlice> all = all(slices);
      assertEquals(35, all.size());
      assertEquals(5000, all.stream().mapToInt(slice -> slice.events().size()).sum());
    }
  }
}
