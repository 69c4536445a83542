package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tight loops unpack all usual records, up to the first unusual one. A reader gives the same
 * events without them, but slowly; {@link RunDecoderTest} compares the two on damaged files.
 */
class UnpackingTest {

  private static final int ROOM = 5000;

  @TempDir private Path folder;

  /** A decoder after its first events, and the run that follows. */
  private final class Unpacked {

    private final RunDecoder decoder;
    private final List<TestEvent> before;
    private final int from;
    private final int to;
    private final int at;
    private final EventRun run;

    Unpacked(WrittenFormat written, byte[] bytes, int longest) throws IOException {
      int record = RunDecoderTest.recordOf(written);
      try (ByteSource source = new ByteSource(Files.write(folder.resolve("recording"), bytes))) {
        decoder = (RunDecoder) FormatRecognition.decoder(source, Optional.of(written.format));
        EventTable table = new EventTable("test", Optional.empty());
        DecodedEvents sink = new DecodedEvents(source, Optional.empty(), BackwardTimestamps.REFUSE);
        // One event, and more if a vector holds it.
        do {
          sink.fill(table, table.size() + 1);
          decoder.decode(source, sink);
        } while (decoder.pending());
        before = TestEvent.of(table);
        assertTrue(source.begin(record), "no more records");
        from = source.position();
        to = from + source.buffered() / record * record;
        run = new EventRun(new int[ROOM], new long[ROOM], 7, 7 + longest);
        at = decoder.unpack(source.buffer(), from, to, run);
      }
    }

    List<TestEvent> events() {
      List<TestEvent> events = new ArrayList<>();
      for (int i = run.start; i < run.end(); i++) {
        int place = run.place[i];
        events.add(
            new TestEvent(EventWord.x(place), EventWord.y(place), run.t[i], EventWord.on(place)));
      }
      return events;
    }
  }

  // AEDAT 3.1 has its records in packets, and a test of its own.
  @ParameterizedTest
  @EnumSource(
      mode = Mode.MATCH_NONE,
      names = {"AEDAT_3_1", "AEDAT_4.*", "TEXT", "HDF5"})
  void shouldUnpackAllUsualRecordsAtOnce(WrittenFormat written) throws IOException {
    List<TestEvent> events = TestEvent.random(8, 2000);
    Unpacked unpacked = new Unpacked(written, written.bytes(events), ROOM - 7);
    assertEquals(unpacked.to, unpacked.at);
    assertEquals(events.subList(unpacked.before.size(), events.size()), unpacked.events());
    assertTrue(unpacked.decoder.timesHold(unpacked.run));
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.MATCH_NONE,
      names = {"AEDAT_3_1", "AEDAT_4.*", "TEXT", "HDF5"})
  void shouldUnpackNoMoreThanTheRunHolds(WrittenFormat written) throws IOException {
    List<TestEvent> events = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      events.add(new TestEvent(i % 34, i % 33, i * 30L, i % 3 == 0));
    }
    Unpacked unpacked = new Unpacked(written, written.bytes(events), 100);
    // The longest vector of the format may still come.
    int unpackedEvents =
        switch (written) {
          case EVT_3 -> 100 - 11;
          case EVT_2_1, EVT_2_1_LEGACY -> 100 - 31;
          default -> 100;
        };
    assertEquals(events.subList(1, 1 + unpackedEvents), unpacked.events());
  }

  @Test
  void shouldWrapAfterARun() throws IOException {
    long time = 8L << 28;
    long half = 1 << 27;
    List<Long> times = List.of(5L * 64, (5 + half) * 64, (3 + 2 * half) * 64);
    Bytes evt2 = new Bytes().text("% evt 2.0\n% end\n");
    evt2.little32(time + 5, 0, time + 5 + half, 0, time + 3, 0);
    assertEquals(times, times(evt2));
    Bytes evt21 = new Bytes().text("% evt 2.1\n% end\n");
    evt21.little32(0, time + 5, 1, 0, 0, time + 5 + half, 1, 0, 0, time + 3, 1, 0);
    assertEquals(times, times(evt21));
  }

  private List<Long> times(Bytes bytes) throws IOException {
    return Recorded.in(folder, bytes).events().stream().map(TestEvent::t).toList();
  }

  @Test
  void shouldDecodeAPacketEventByEventIfARunIsRefused() throws IOException {
    Bytes bytes = new Bytes().text("#!AER-DAT3.1\r\n#Source 1: DVS128\r\n#!END-HEADER\r\n");
    Aedat31Writer.packet(bytes, 1, 8, 1, 2);
    long valid = 7 * 131_072L + 9 * 4 + 1;
    bytes.little32(valid + 2, 10, valid, 9);
    Path file = Recorded.in(folder, bytes).file();
    ReadOptions keep = ReadOptions.defaults().backward(BackwardTimestamps.KEEP);
    long epoch = 1L << 31;
    assertEquals(
        List.of(new TestEvent(7, 9, epoch + 10, true), new TestEvent(7, 9, epoch + 9, false)),
        TestEvent.of(EventFiles.read(file, keep)));
  }

  private static Stream<Arguments> unusual() {
    return Stream.of(
        arguments(WrittenFormat.AEDAT_2, new Bytes().big32(0x8000, 0x7FFFFFFF)),
        arguments(WrittenFormat.AEDAT_2, new Bytes().big32(0x10000, 0x7FFFFFFF)),
        arguments(WrittenFormat.AEDAT_2_DAVIS, new Bytes().big32(0x400, 0x7FFFFFFF)),
        arguments(WrittenFormat.AEDAT_2_DAVIS, new Bytes().big32(346 << 12, 0x7FFFFFFF)),
        arguments(WrittenFormat.AEDAT_2_DAVIS, new Bytes().big32(260 << 22, 0x7FFFFFFF)),
        arguments(WrittenFormat.PROPHESEE_DAT, new Bytes().little32(0x7FFFFFFF, 2L << 28)),
        arguments(WrittenFormat.PROPHESEE_DAT, new Bytes().little32(0x7FFFFFFF, 8L << 28)),
        arguments(WrittenFormat.EVT_2, new Bytes().little32(10L << 28)),
        arguments(WrittenFormat.EVT_2, new Bytes().little32(2L << 28)),
        arguments(WrittenFormat.EVT_2, new Bytes().little32(9L << 28)),
        arguments(WrittenFormat.EVT_2_1, new Bytes().little32(1, 10L << 28)),
        arguments(WrittenFormat.EVT_2_1, new Bytes().little32(1, 2L << 28)),
        arguments(WrittenFormat.EVT_2_1_LEGACY, new Bytes().little32(14L << 28, 1)),
        arguments(WrittenFormat.EVT_3, new Bytes().little16(0xA000)),
        arguments(WrittenFormat.EVT_3, new Bytes().little16(0x1000)),
        arguments(WrittenFormat.N_MNIST, new Bytes().bytes(0, 240, 0, 0, 0)),
        arguments(WrittenFormat.NUMPY, new Bytes().little32(0x7FFFFFFF).bytes(0, 9, 255, 0)),
        arguments(WrittenFormat.NUMPY, new Bytes().little32(0x7FFFFFFF).bytes(0, 9, 0, 2)));
  }

  @ParameterizedTest
  @MethodSource("unusual")
  void shouldStopBeforeAnUnusualRecord(WrittenFormat written, Bytes record) throws IOException {
    List<TestEvent> events = TestEvent.random(9, 50);
    byte[] usual = written.bytes(events);
    byte[] more =
        Arrays.copyOfRange(usual, usual.length - RunDecoderTest.recordOf(written), usual.length);
    byte[] bytes = new Bytes().raw(usual).raw(record.toArray()).raw(more).toArray();
    Unpacked unpacked = new Unpacked(written, bytes, ROOM - 7);
    assertEquals(unpacked.to - 2 * RunDecoderTest.recordOf(written), unpacked.at);
    assertEquals(events.subList(unpacked.before.size(), 50), unpacked.events());
  }

  private static Stream<Arguments> highTimes() {
    return Stream.of(
        // The same, one before, half of the range after, and one more than that.
        arguments(5L, true),
        arguments(4L, false),
        arguments(6L, true),
        arguments(5L + (1 << 27), true),
        arguments(6L + (1 << 27), false));
  }

  @ParameterizedTest
  @MethodSource("highTimes")
  void shouldStopBeforeATimeThatMayBeLate(long high, boolean usual) throws IOException {
    long time = 8L << 28;
    Bytes evt2 =
        new Bytes().text("% evt 2.0\n% end\n").little32(time + 5, 1 << 22, time + high, 2 << 22);
    assertLate(WrittenFormat.EVT_2, evt2, usual ? List.of(high * 64 + 2) : List.of());
    Bytes evt21 = new Bytes().text("% evt 2.1\n% end\n");
    evt21.little32(0, time + 5, 1, 1 << 22, 0, time + high, 1, 2 << 22);
    assertLate(WrittenFormat.EVT_2_1, evt21, usual ? List.of(high * 64 + 2) : List.of());
    // Half of its range is 2^11.
    int high3 = (int) (high % (1 << 27) + (high >> 27 << 11));
    Bytes evt3 = new Bytes().text("% evt 3.0\n% end\n");
    evt3.little16(0x8005, 0x6001, 0, 0x2000, 0x8000 + high3, 0x2000);
    long low = high3 == 5 ? 1 : 0;
    assertLate(WrittenFormat.EVT_3, evt3, usual ? List.of(high3 * 4096L + low) : List.of());
  }

  private void assertLate(WrittenFormat written, Bytes bytes, List<Long> times) throws IOException {
    Unpacked unpacked = new Unpacked(written, bytes.toArray(), 100);
    assertEquals(times, unpacked.events().stream().map(TestEvent::t).toList(), written.toString());
    assertEquals(times.isEmpty() ? unpacked.from : unpacked.to, unpacked.at);
  }

  @Test
  void shouldStopBeforeAVectorWithoutAFirstX() throws IOException {
    Bytes bytes = new Bytes().text("% evt 3.0\n% end\n");
    bytes.little16(0x8005, 0x6001, 0, 0x2000, 0x2004, 0x5001, 0x2005);
    Unpacked unpacked = new Unpacked(WrittenFormat.EVT_3, bytes.toArray(), 100);
    assertEquals(unpacked.from + 2, unpacked.at);
    assertEquals(List.of(4), unpacked.events().stream().map(TestEvent::x).toList());
  }

  @Test
  void shouldUnpackAPacketUpToAnInvalidEvent() throws IOException {
    Bytes bytes = new Bytes().text("#!AER-DAT3.1\r\n#Source 1: DVS128\r\n#!END-HEADER\r\n");
    Aedat31Writer.packet(bytes, 1, 8, 1, 5);
    long valid = 7 * 131_072L + 9 * 4 + 2 + 1;
    bytes.little32(valid, 10, valid, 11, valid - 2, 12, valid - 1, 13, valid, 14);
    Unpacked unpacked = new Unpacked(WrittenFormat.AEDAT_3_1, bytes.toArray(), 100);
    assertEquals(unpacked.from + 16, unpacked.at);
    long epoch = 1L << 31;
    assertEquals(
        List.of(new TestEvent(7, 9, epoch + 11, true), new TestEvent(7, 9, epoch + 12, false)),
        unpacked.events());
    assertEquals(1, new Unpacked(WrittenFormat.AEDAT_3_1, bytes.toArray(), 1).events().size());
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.MATCH_ANY,
      names = {"AEDAT_4.*", "HDF5"})
  void shouldUnpackAllUsualEventsOfABlock(WrittenFormat written) throws IOException {
    List<TestEvent> events = TestEvent.random(8, 2000);
    Path file = Files.write(folder.resolve("recording"), written.bytes(events));
    try (ByteSource source = new ByteSource(file)) {
      EventDecoder decoder = FormatRecognition.decoder(source, Optional.of(written.format));
      BlockDecoder blocks = (BlockDecoder) decoder;
      EventTable table = new EventTable("test", Optional.empty());
      table.grow(ROOM);
      for (int size = blocks.nextBlock(source); size > 0; size = blocks.nextBlock(source)) {
        EventRun run = table.run(size);
        blocks.unpack(0, size, run);
        assertEquals(size, run.end() - run.start);
        table.append(run);
      }
      assertEquals(events, TestEvent.of(table));
      decoder.close();
    }
  }
}
