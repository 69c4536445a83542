package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Aedat4DecoderTest {

  private static final List<TestEvent> EVENTS =
      List.of(
          new TestEvent(0, 0, 5, true),
          new TestEvent(33, 33, 5, false),
          new TestEvent(2, 1, 1_605_537_493_718_345L, true));

  /** Of the table of ten packets: 4 KiB and 96 bytes per packet. */
  private static final int LIMIT = 4096 + 96 * 10;

  private final Aedat4Bytes plain = new Aedat4Bytes(0);

  @TempDir private Path folder;

  private Bytes begun(byte[] header) {
    return new Bytes().text("#!AER-DAT4.0\r\n").raw(header);
  }

  private Bytes begun() {
    return begun(plain.header(34, 34));
  }

  private Bytes withEvents(Bytes begun) {
    plain.packet(begun, 0, Aedat4Bytes.events(EVENTS));
    return begun;
  }

  private Recorded file(Bytes bytes) throws IOException {
    return Recorded.in(folder, bytes);
  }

  private static String xml(String... streams) {
    StringBuilder xml = new StringBuilder("<dv version=\"2.0\"><node name=\"outInfo\">");
    for (String stream : streams) {
      xml.append(stream);
    }
    return xml + "</node></dv>";
  }

  private static String stream(int number, String type, String info) {
    return "<node name=\""
        + number
        + "\"><attr key=\"typeIdentifier\" type=\"string\">"
        + type
        + "</attr>"
        + info
        + "</node>";
  }

  @Test
  void shouldReadEventsAndCountWhatItLeavesOut() throws IOException {
    String streams =
        xml(
            stream(1, "FRME", ""),
            stream(0, "EVTS", ""),
            stream(2, "IMUS", ""),
            stream(3, "TRIG", ""),
            stream(7, "EVTS", ""));
    Bytes bytes = begun(plain.header(streams, -1));
    for (int number : new int[] {1, 2, 2, 3, 7, 9, 0, 1}) {
      plain.packet(bytes, number, number == 0 ? Aedat4Bytes.events(EVENTS) : new byte[3]);
    }
    Recorded file = file(bytes);
    assertEquals(EVENTS, file.events());
    assertEquals(
        List.of(
            "left out: 1 packets of another stream of events",
            "left out: 2 packets of frames",
            "left out: 2 packets of motion",
            "left out: 1 packets of other kinds",
            "left out: 1 packets of triggers",
            "the file states no sensor size; the smallest that holds the events is used"),
        file.notes());
  }

  @Test
  void shouldReadAFileWhoseTableIsNowhere() throws IOException {
    for (int position : new int[] {0, -1}) {
      Bytes bytes = begun(plain.header(xml(stream(0, "EVTS", "")), position));
      plain.packet(bytes, 5, new byte[0]);
      plain.packet(bytes, 0, Aedat4Bytes.events(EVENTS));
      assertEquals(EVENTS, file(bytes).events());
    }
  }

  @Test
  void shouldReadAHeaderWithoutALine() throws IOException {
    Bytes bytes = withEvents(new Bytes().raw(plain.header(34, 34)));
    ReadOptions options = ReadOptions.defaults().as(EventFormat.AEDAT_4);
    assertEquals(EVENTS, TestEvent.of(EventFiles.read(file(bytes).file(), options)));
  }

  @Test
  void shouldNoticeAFileThatWasCutWithinASkippedPacket() throws IOException {
    Bytes bytes = withEvents(begun());
    file(bytes.little32(2, 100).bytes(1, 2, 3))
        .assertRefusedAfter(0, "the file must end with a whole record, got all but 97 bytes of");
  }

  @Test
  void shouldTakeNodesWithinOneAnotherUpToALimit() throws IOException {
    for (int depth : new int[] {63, 64}) {
      String nodes = "<node name='a'>".repeat(depth) + "</node>".repeat(depth);
      Bytes bytes = withEvents(begun(plain.header(xml(stream(0, "EVTS", ""), nodes), -1)));
      if (depth == 63) {
        assertEquals(EVENTS, file(bytes).events(), "with outInfo, 64 of them");
      } else {
        file(bytes).assertRefusedFor("the header must name its streams in XML", "more than 64");
      }
    }
  }

  @Test
  void shouldReadWhatTheReferenceProgramOfZstandardPacked() throws IOException {
    EventTable table = EventFiles.read(MadeEvents.copy(folder, "zstandard.aedat4"));
    MadeEvents.assertAre(table);
    assertEquals(new SensorSize(34, 30), table.sensor());
  }

  @Test
  void shouldEndAtTheTableOfPackets() throws IOException {
    Bytes packets = withEvents(new Bytes());
    String streams = xml(stream(0, "EVTS", ""));
    int position = begun(plain.header(streams, 0)).toArray().length + packets.toArray().length;
    Bytes whole = begun(plain.header(streams, position)).raw(packets.toArray());
    file(whole).assertRefusedAfter(position, "the file must end with a whole record, got all but");
    byte[] table = Aedat4Bytes.flat("FTAB", 0, new byte[0]);
    assertEquals(EVENTS, file(whole.raw(table)).events());
    // A table that is cut, or something else in its place.
    file(begun(plain.header(streams, position)).raw(packets.toArray()).raw(new byte[9]))
        .assertRefused(position, "a packet must be a FlatBuffer of FTAB");
    file(begun(plain.header(streams, position - 1)).raw(packets.toArray()).raw(table))
        .assertRefused(
            position - packets.toArray().length, "a packet must end before the table of packets");
  }

  @Test
  void shouldSayWhatIsWrongWithAHeader() throws IOException {
    file(new Bytes().text("#!AER-DAT4.0\n"))
        .assertRefused(0, "the first line must be #!AER-DAT4.0");
    file(new Bytes().text("#!AER-DAT4.0\r\n").bytes(1))
        .assertRefused(14, "the header must be whole");
    file(new Bytes().text("#!AER-DAT4.0\r\n").little32(0xFFFFFFFFL))
        .assertRefused(14, "the header's size must be from 0 to 1048576 bytes, got 4294967295");
    file(new Bytes().text("#!AER-DAT4.0\r\n").little32(1000).bytes(1, 2))
        .assertRefused(14, "the header must have 1000 bytes, got 2");
    file(begun(Aedat4Bytes.flat("IOHX", 0, new byte[0])))
        .assertRefused(14, "the header must be a FlatBuffer of IOHE, got something else than IOHE");
    file(begun(new Aedat4Bytes(5).header(34, 34)))
        .assertRefused(14, "the compression must be from 0 to 4, got 5");
    file(begun(plain.header("<dv><node></dv>", -1)))
        .assertRefused(14, "the header must name its streams in XML, got ");
    file(begun(plain.header(xml(stream(0, "FRME", "")), -1)))
        .assertRefused(14, "the header must name a stream of events (EVTS), got none");
    String size = "<node name=\"info\"><attr key=\"sizeX\">0</attr></node>";
    file(begun(plain.header(xml(stream(0, "EVTS", size)), -1)))
        .assertRefused(14, "the sensor's width must be from 1 to 32768, got 0");
  }

  @Test
  void shouldReadNothingFromOutsideOfTheHeadersXml() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "EVTS");
    String entity =
        "<!DOCTYPE dv [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]>" + xml(stream(0, "&e;", ""));
    file(begun(plain.header(entity, -1))).assertRefused(14, "the header must name ");
    // One within may stand for far more text.
    String within = "<!DOCTYPE dv [<!ENTITY e \"EVTS\">]>" + xml(stream(0, "&e;", ""));
    file(begun(plain.header(within, -1))).assertRefused(14, "the header must name ");
  }

  @Test
  void shouldSayWhatIsWrongWithAPacket() throws IOException {
    int start = begun().toArray().length;
    file(begun().little32(0, -1)).assertRefused(start, "a packet must end before the table");
    file(begun().little32(0, (1 << 26) + 1))
        .assertRefused(start, "a packet must have at most 67108864 bytes, got 67108865");
    Bytes other = begun();
    plain.packet(other, 0, Aedat4Bytes.flat("FRME", 0, new byte[0]));
    file(other)
        .assertRefused(
            start,
            "a packet must be a FlatBuffer of EVTS, compressed as the header says (NONE), got"
                + " something else than EVTS");
    Bytes many = begun();
    plain.packet(many, 0, Aedat4Bytes.flat("EVTS", 1 << 28, new byte[16]));
    file(many).assertRefused(start, "a packet must be a FlatBuffer of EVTS");
    Bytes grey = begun();
    byte[] events = Aedat4Bytes.events(EVENTS);
    events[events.length - 4] = 2;
    plain.packet(grey, 0, events);
    file(grey).assertRefused(start, "polarity must be 0 or 1, got 2 in event 2 of its packet");
    Bytes negative = begun();
    events = Aedat4Bytes.events(EVENTS);
    events[events.length - 7] = (byte) 0x80;
    plain.packet(negative, 0, events);
    file(negative).assertRefused(start, "(x, y) must be on the sensor of 34 x 34, got (-32766, 1)");
  }

  @Test
  void shouldSayWhatIsWrongWithACompressedPacket() throws IOException {
    for (int compression : new int[] {1, 3}) {
      Aedat4Bytes packing = new Aedat4Bytes(compression);
      Bytes bytes = begun(packing.header(34, 34));
      int start = bytes.toArray().length;
      byte[] packed = packing.packed(Aedat4Bytes.events(EVENTS));
      packed[1] ^= 1;
      Recorded file = file(bytes.little32(0, packed.length).raw(packed));
      file.assertRefused(start, "a packet must be a FlatBuffer of EVTS, compressed as the header");
    }
  }

  @Test
  void shouldNoticeAFileThatWasCutWithinAPacket() throws IOException {
    Bytes bytes = withEvents(begun());
    Recorded file = file(bytes.little32(0, 100).bytes(1, 2, 3));
    file.assertRefusedAfter(
        0, "the file must end with a whole record, got all but 97 bytes of its");
    assertEquals(
        EVENTS,
        TestEvent.of(EventFiles.read(file.file(), ReadOptions.defaults().keepingTruncated())));
  }

  @Test
  void shouldNoticeAFileThatWasCutBetweenPackets() throws IOException {
    Bytes bytes = withEvents(begun(plain.header(xml(stream(0, "EVTS", "")), 1_000_000)));
    int end = bytes.toArray().length;
    Recorded file = file(bytes);
    file.assertRefused(
        end,
        "the file must end with a whole record, got all but what is in front of its table of"
            + " packets at byte 1000000");
    try (EventReader reader =
        EventFiles.open(file.file(), ReadOptions.defaults().keepingTruncated())) {
      assertEquals(EVENTS, TestEvent.of(reader.next(100)));
      assertEquals(1, reader.warnings().size());
    }
    // Without a table, as in a recording that was killed, every packet may be the last.
    assertEquals(EVENTS, file(withEvents(begun())).events());
  }

  @Test
  void shouldNotUnpackATableFarLargerThanItsPackets() throws IOException {
    Aedat4Bytes packing = new Aedat4Bytes(1);
    Bytes packets = new Bytes();
    packing.packet(packets, 0, Aedat4Bytes.events(EVENTS));
    for (int i = 0; i < 9; i++) {
      packing.packet(packets, 1, new byte[3]);
    }
    String streams = xml(stream(0, "EVTS", ""));
    int position = begun(packing.header(streams, 0)).toArray().length + packets.toArray().length;
    for (int size : new int[] {LIMIT - 100, 1 << 20}) {
      byte[] table = packing.packed(Aedat4Bytes.flat("FTAB", 0, new byte[size]));
      Recorded file =
          file(begun(packing.header(streams, position)).raw(packets.toArray()).raw(table));
      if (size < LIMIT) {
        assertEquals(EVENTS, file.events());
      } else {
        file.assertRefusedFor(
            "a packet must be a FlatBuffer of FTAB", "more than " + LIMIT + " bytes");
      }
    }
  }
}
