package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Aedat31DecoderTest {

  private static final String HEADER =
      "#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DAVIS240C\r\n#!END-HEADER\r\n";

  @TempDir private Path folder;

  private static Bytes bytes() {
    return new Bytes().text(HEADER);
  }

  private static Bytes packet(Bytes bytes, int number) {
    return Aedat31Writer.packet(bytes, 1, 8, 0, number);
  }

  @Test
  void shouldMapEventsToTheConvention() throws IOException {
    Recorded recorded =
        Recorded.in(
            folder,
            packet(bytes(), 2).little32(239L << 17 | 3 << 2 | 0b11, 7, 0 << 17 | 179 << 2 | 1, 8));
    assertEquals(
        List.of(new TestEvent(239, 3, 7, true), new TestEvent(0, 179, 8, false)),
        recorded.events());
    assertEquals(new SensorSize(240, 180), recorded.table().sensor());
  }

  @Test
  void shouldPutThePacketsOverflowAboveTimestamps() throws IOException {
    Bytes bytes = Aedat31Writer.packet(bytes(), 1, 8, 3, 1).little32(1, 0x7FFFFFFF);
    assertEquals(3L * 0x80000000L + 0x7FFFFFFFL, Recorded.in(folder, bytes).table().t(0));
  }

  @Test
  void shouldLeaveOutInvalidEventsAndOtherPackets() throws IOException {
    Bytes bytes = packet(bytes(), 3).little32(1, 1, 0, 2, 1, 3);
    Aedat31Writer.packet(bytes, 2, 100_000, 0, 1).bytes(new int[100_000]);
    // Of another source.
    bytes.little16(1, 9).little32(8, 4, 0, 1, 1, 1).little32(1, 4);
    packet(bytes, 1).little32(1, 5);
    Recorded recorded = Recorded.in(folder, bytes);
    assertEquals(List.of(1L, 3L, 5L), recorded.events().stream().map(TestEvent::t).toList());
    assertEquals(
        List.of(
            "left out: 1 events marked invalid",
            "left out: 1 packets of another source",
            "left out: 1 packets of other kinds (frames, motion, …)"),
        recorded.notes());
  }

  @Test
  void shouldSkipPacketsOfSeveralEventsAndEmptyOnes() throws IOException {
    Bytes bytes = Aedat31Writer.packet(bytes(), Short.MAX_VALUE, 10, 0, 3).bytes(new int[30]);
    packet(bytes, 0);
    packet(bytes, 1).little32(1, 5);
    Recorded recorded = Recorded.in(folder, bytes);
    assertEquals(List.of(5L), recorded.events().stream().map(TestEvent::t).toList());
    assertEquals(
        List.of("left out: 1 packets of other kinds (frames, motion, …)"), recorded.notes());
  }

  @Test
  void shouldRefuseDamagedPackets() throws IOException {
    assertRefused(0, 1, 8, 4, -1, 1, 1, 1, "eventTSOverflow must not be negative, got -1");
    assertRefused(0, 1, 8, 4, 0, -5, -5, 0, "eventNumber must not be negative, got -5");
    assertRefused(0, 1, 8, 4, 0, 2, 1, 1, "eventCapacity must be eventNumber, 1, got 2");
    assertRefused(0, 1, 8, 4, 0, 1, 1, 2, "eventValid must be from 0 to eventNumber, 1, got 2");
    assertRefused(0, 1, 9, 4, 0, 1, 1, 1, "eventSize of polarity events must be 8, got 9");
    assertRefused(0, 1, 8, 0, 0, 1, 1, 1, "eventTSOffset of polarity events must be 4, got 0");
    assertRefused(0, 2, 0, 4, 0, 1, 1, 1, "eventSize must be positive, got 0");
    assertRefused(0, 0x8001, 8, 4, 0, 1, 1, 1, "eventType must be below 32768, got 32769");
  }

  private void assertRefused(
      int source,
      int type,
      int size,
      int timestampOffset,
      int overflow,
      int capacity,
      int number,
      int valid,
      String expected)
      throws IOException {
    Bytes bytes =
        bytes()
            .little16(type, source)
            .little32(size, timestampOffset, overflow, capacity, number, valid);
    Recorded.in(folder, bytes).assertRefused(HEADER.length(), expected);
  }

  @Test
  void shouldNotTrustTheSizesOfPackets() throws IOException {
    Bytes huge = packet(bytes(), Integer.MAX_VALUE).little32(1, 1);
    Recorded.in(folder, huge)
        .assertRefused(
            HEADER.length() + 36,
            "the file must end with a whole record, got all but 2147483646 events of its last");
    Bytes skipped = Aedat31Writer.packet(bytes(), 2, Integer.MAX_VALUE, 0, Integer.MAX_VALUE);
    Recorded.in(folder, skipped)
        .assertRefused(HEADER.length() + 28, "the file must end with a whole record, got all but");
    Path cut = Files.write(folder.resolve("cut"), huge.toArray());
    assertEquals(1, EventFiles.read(cut, ReadOptions.defaults().keepingTruncated()).size());
  }

  @Test
  void shouldRefuseNegativeTimestampsAndEventsOffTheSensor() throws IOException {
    Recorded.in(folder, packet(bytes(), 1).little32(1, -1))
        .assertRefused(HEADER.length() + 28, "the timestamp must not be negative, got -1");
    Recorded.in(folder, packet(bytes(), 1).little32(240L << 17 | 1, 1))
        .assertRefused(
            HEADER.length() + 28, "(x, y) must be on the sensor of 240 x 180, got (240, 0)");
  }

  @Test
  void shouldRefuseOtherHeaders() throws IOException {
    String first = "#!AER-DAT3.1\r\n";
    Recorded.in(folder, new Bytes().text(first + "#Format: SerializedTS\r\n#!END-HEADER\r\n"))
        .assertRefused(first.length(), "Format must be RAW, got SerializedTS");
    Recorded.in(folder, new Bytes().text(first).bytes(0))
        .assertRefused(first.length(), "the header must end with #!END-HEADER, got none");
  }
}
