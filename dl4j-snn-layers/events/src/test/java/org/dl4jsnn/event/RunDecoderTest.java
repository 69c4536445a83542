package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Runs give what decoding record by record gives, whatever the file holds and wherever it is cut.
 */
class RunDecoderTest {

  /** More than three buffers of the longest records. */
  private static final int EVENTS = 27_000;

  private static final int CASES = 20;

  @TempDir private Path folder;

  // The records of AEDAT 3.1 lie in packets, which RunDecoder does not know; others have no
  // records.
  @ParameterizedTest
  @EnumSource(
      mode = Mode.MATCH_NONE,
      names = {"AEDAT_3_1", "AEDAT_4.*", "TEXT", "HDF5"})
  void shouldDecodeAsRecordByRecord(WrittenFormat written) throws IOException {
    int whole = 0;
    for (int seed = 0; seed < CASES; seed++) {
      Random random = new Random(seed);
      List<TestEvent> events = wrapping(written, TestEvent.random(seed, EVENTS));
      if (random.nextBoolean()) {
        // A part that was recorded earlier comes later.
        int from = random.nextInt(EVENTS - 100);
        events.addAll(from + 50, List.copyOf(events.subList(from, from + 50)));
      }
      byte[] bytes = written.bytes(events);
      // Few, which are often skipped, or one every 1000 bytes.
      int bits = random.nextInt(3) == 0 ? bytes.length / 1000 : random.nextInt(4);
      for (int i = 0; i < bits; i++) {
        int at = 200 + random.nextInt(bytes.length - 200);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
      }
      Path file = Files.write(folder.resolve("recording"), bytes);
      BackwardTimestamps backward =
          random.nextInt(3) == 0 ? BackwardTimestamps.REFUSE : BackwardTimestamps.KEEP;
      Optional<SensorSize> sensor =
          random.nextInt(3) == 0 ? Optional.of(written.sensor) : Optional.empty();
      int piece = random.nextBoolean() ? 1 + random.nextInt(3000) : Integer.MAX_VALUE;
      List<Object> expected = decoded(written, file, sensor, backward, 1, true);
      List<Object> actual = decoded(written, file, sensor, backward, piece, false);
      assertEquals(expected, actual, written + ", seed " + seed);
      whole += ((List<?>) actual.get(0)).size() > EVENTS / 2 ? 1 : 0;
    }
    assertTrue(whole > CASES / 4, "most files are refused early");
  }

  /** The events, with times that wrap after the first ones where a format's do. */
  private static List<TestEvent> wrapping(WrittenFormat written, List<TestEvent> events) {
    long start =
        switch (written) {
          case AEDAT_2, AEDAT_2_DAVIS, PROPHESEE_DAT -> (1L << 32) - 1_000_000;
          case EVT_2, EVT_2_1, EVT_2_1_LEGACY -> (1L << 34) - 1_000_000;
          case EVT_3 -> (1L << 24) - 1_000_000;
          default -> 0;
        };
    List<TestEvent> late = new ArrayList<>();
    for (TestEvent event : events) {
      late.add(new TestEvent(event.x(), event.y(), start + event.t(), event.on()));
    }
    return late;
  }

  static int recordOf(WrittenFormat written) {
    return switch (written) {
      case EVT_3 -> 2;
      case EVT_2 -> 4;
      case N_MNIST -> 5;
      default -> 8;
    };
  }

  /** The events, what was counted and left out, and what the file was refused for. */
  private static List<Object> decoded(
      WrittenFormat written,
      Path file,
      Optional<SensorSize> sensor,
      BackwardTimestamps backward,
      int piece,
      boolean recordByRecord)
      throws IOException {
    try (ByteSource source = new ByteSource(file)) {
      RunDecoder decoder =
          (RunDecoder) FormatRecognition.decoder(source, Optional.of(written.format));
      DecodedEvents sink = new DecodedEvents(source, sensor, backward);
      List<TestEvent> events = new ArrayList<>();
      String failure = "";
      EventTable table = new EventTable("test", sensor);
      try {
        if (recordByRecord) {
          sink.fill(table, Integer.MAX_VALUE);
          while (source.begin(recordOf(written))) {
            decoder.decodeRecord(source, sink);
          }
        } else {
          sink.fill(table, piece);
          decoder.decode(source, sink);
          while (sink.full()) {
            events.addAll(TestEvent.of(table));
            table = new EventTable("test", sensor);
            sink.fill(table, piece);
            decoder.decode(source, sink);
          }
        }
      } catch (EventFormatException e) {
        failure = e.getMessage();
      }
      events.addAll(TestEvent.of(table));
      assertEquals(table.onEvents(), TestEvent.of(table).stream().filter(TestEvent::on).count());
      return List.of(
          events,
          failure,
          decoder.leftOut(),
          sink.backwardEvents(),
          sink.furthestBack(),
          source.buffered());
    }
  }
}
