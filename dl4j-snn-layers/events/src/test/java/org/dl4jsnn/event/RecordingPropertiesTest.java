package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.dl4jsnn.property.Tries;

/** Any recording that was written is read back, as a whole and in pieces. */
@AddLifecycleHook(Tries.class)
class RecordingPropertiesTest {

  private static final int MOST_EVENTS = 80;

  private Path file;

  @BeforeProperty
  void newFile() throws IOException {
    file = Files.createTempFile("recording", ".bin");
  }

  @AfterProperty
  void deleteFile() throws IOException {
    Files.delete(file);
  }

  /** An event, and how long after the one before. */
  private record Next(long pause, int x, int y, boolean on) {}

  /**
   * Times that repeat, and that advance by about the unit of each format: 64 µs, 4,096 µs and
   * 65,536 µs; less than 23 bits in total.
   */
  @Provide
  Arbitrary<List<TestEvent>> recordings() {
    Arbitrary<Long> waits =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.just(0L)),
            Tuple.of(4, Arbitraries.longs().between(1, 70)),
            Tuple.of(2, Arbitraries.longs().between(4_000, 4_200)),
            Tuple.of(1, Arbitraries.longs().between(65_000, 66_000)));
    return Combinators.combine(
            waits,
            Arbitraries.integers().between(0, TestEvent.SENSOR.width() - 1),
            Arbitraries.integers().between(0, TestEvent.SENSOR.height() - 1),
            Arbitraries.of(true, false))
        .as(Next::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(MOST_EVENTS)
        .map(RecordingPropertiesTest::events);
  }

  private static List<TestEvent> events(List<Next> all) {
    List<TestEvent> events = new ArrayList<>();
    long t = 0;
    for (Next next : all) {
      t += next.pause;
      events.add(new TestEvent(next.x, next.y, t, next.on));
    }
    return events;
  }

  @Property(tries = 150)
  void shouldReadWhatWasWritten(
      @ForAll WrittenFormat written, @ForAll("recordings") List<TestEvent> events)
      throws IOException {
    Files.write(file, written.bytes(events));
    assertEquals(events, TestEvent.of(EventFiles.read(file, written.options())));
  }

  @Property(tries = 150)
  void shouldReadTheSameInPieces(
      @ForAll WrittenFormat written,
      @ForAll("recordings") List<TestEvent> events,
      @ForAll @IntRange(min = 1, max = MOST_EVENTS) int most)
      throws IOException {
    Files.write(file, written.bytes(events));
    List<TestEvent> read = new ArrayList<>();
    try (EventReader reader = EventFiles.open(file, written.options())) {
      EventTable piece = reader.next(most);
      while (piece.size() > 0) {
        read.addAll(TestEvent.of(piece));
        piece = reader.next(most);
      }
    }
    assertEquals(events, read);
  }

  /** The library's own writers. */
  @Property(tries = 150)
  void shouldReadBackWhatTheLibraryWrites(
      @ForAll EventWriterTest.Written written, @ForAll("recordings") List<TestEvent> events)
      throws IOException {
    written.write(file, events, TestEvent.SENSOR);
    assertEquals(events, TestEvent.of(EventFiles.read(file, withSensor())));
  }

  private static ReadOptions withSensor() {
    return ReadOptions.defaults().sensor(TestEvent.SENSOR.width(), TestEvent.SENSOR.height());
  }
}
