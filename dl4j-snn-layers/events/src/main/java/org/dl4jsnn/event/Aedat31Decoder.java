package org.dl4jsnn.event;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * AEDAT 3.1: packets of a header of 28 bytes and events of one kind, little-endian. A polarity
 * event: valid in bit 0, polarity in bit 1, y in bits 2 to 16, x in bits 17 to 31, then 31 bits of
 * the timestamp.
 */
final class Aedat31Decoder extends RunDecoder {

  /** The header's last line. */
  static final String END = "!END-HEADER";

  private static final String FORMAT = "Format:";
  private static final String RAW = "RAW";
  private static final int PACKET_HEADER = 28;
  private static final int RECORD = 8;
  private static final int POLARITY = 1;
  private static final int TIMESTAMP_OFFSET = 4;
  private static final int OVERFLOW_BITS = 31;
  private static final int COORDINATE = 0x7FFF;
  private static final int NO_SOURCE = -1;

  private int source = NO_SOURCE;

  /** State of the packet being read. */
  private long overflow;

  private int eventsLeft;
  private long bytesToSkip;

  private Aedat31Decoder(Optional<SensorSize> sensor) {
    super(EventFormat.AEDAT_3_1, sensor, RECORD);
  }

  static Aedat31Decoder open(ByteSource source, List<HeaderLine> header)
      throws EventFormatException {
    if (header.isEmpty() || !header.get(header.size() - 1).text().equals(END)) {
      throw source.failureAt(
          source.offset(), "the header must end with #" + END, "none", "a damaged file");
    }
    for (HeaderLine line : header) {
      if (line.text().startsWith(FORMAT)
          && !line.text().substring(FORMAT.length()).strip().equals(RAW)) {
        throw source.failureAt(
            line.offset(),
            "Format must be RAW, got"
                + line.text().substring(FORMAT.length())
                + ". Possible cause: a compressed recording");
      }
    }
    return new Aedat31Decoder(camera(header));
  }

  /** The sensor size of the cameras that the header names, if all have the same size. */
  private static Optional<SensorSize> camera(List<HeaderLine> header) {
    Set<Optional<SensorSize>> sizes =
        header.stream()
            .map(HeaderLine::text)
            .filter(text -> text.startsWith("Source "))
            .map(SensorSize::ofCamera)
            .collect(Collectors.toSet());
    return sizes.size() == 1 ? sizes.iterator().next() : Optional.empty();
  }

  @Override
  void decode(ByteSource bytes, DecodedEvents sink) throws IOException {
    while (!sink.full()) {
      if (bytesToSkip > 0) {
        bytesToSkip -= bytes.skip(bytesToSkip);
      }
      if (bytesToSkip > 0 || !bytes.begin(eventsLeft > 0 ? RECORD : PACKET_HEADER)) {
        return;
      }
      if (eventsLeft > 0) {
        eventsLeft -= (int) decodeRecords(bytes, sink, eventsLeft);
      } else {
        beginPacket(bytes);
      }
    }
  }

  @Override
  int unpack(byte[] buffer, int from, int to, EventRun run) {
    final int[] place = run.place;
    final long[] t = run.t;
    final long base = overflow << OVERFLOW_BITS;
    int event = run.start;
    int at = from;
    for (; at < to && event < run.limit; at += RECORD) {
      long record = (long) ByteSource.LITTLE_LONG.get(buffer, at);
      int data = (int) record;
      if (record < 0 || (data & 1) == 0) {
        break;
      }
      place[event] = data >>> 17 | (data & COORDINATE << 2) << EventWord.Y - 2 | (data & 2) << 30;
      t[event] = base | record >>> 32;
      event++;
    }
    run.endAt(event);
    return at;
  }

  @Override
  void decodeRecord(ByteSource bytes, DecodedEvents sink) throws EventFormatException {
    int data = bytes.littleEndianInt();
    int timestamp = bytes.littleEndianInt();
    if (timestamp < 0) {
      throw bytes.failure("the timestamp must not be negative", timestamp, "a damaged file");
    }
    if ((data & 1) == 0) {
      leaveOut("events marked invalid");
      return;
    }
    long t = overflow << OVERFLOW_BITS | timestamp;
    sink.add(data >>> 17, data >> 2 & COORDINATE, t, (data & 2) != 0);
  }

  private void beginPacket(ByteSource bytes) throws EventFormatException {
    final int type = bytes.littleEndianShort();
    final int packetSource = bytes.littleEndianShort();
    final int size = bytes.littleEndianInt();
    final int timestampOffset = bytes.littleEndianInt();
    overflow = bytes.littleEndianInt();
    final int capacity = bytes.littleEndianInt();
    final int number = bytes.littleEndianInt();
    final int valid = bytes.littleEndianInt();
    require(bytes, type <= Short.MAX_VALUE, "eventType must be below 32768", type);
    require(bytes, size > 0, "eventSize must be positive", size);
    require(bytes, overflow >= 0, "eventTSOverflow must not be negative", overflow);
    require(bytes, number >= 0, "eventNumber must not be negative", number);
    require(bytes, capacity == number, "eventCapacity must be eventNumber, " + number, capacity);
    require(
        bytes,
        valid >= 0 && valid <= number,
        "eventValid must be from 0 to eventNumber, " + number,
        valid);
    boolean polarity = type == POLARITY;
    if (polarity) {
      require(bytes, size == RECORD, "eventSize of polarity events must be 8", size);
      require(
          bytes,
          timestampOffset == TIMESTAMP_OFFSET,
          "eventTSOffset of polarity events must be 4",
          timestampOffset);
      source = source == NO_SOURCE ? packetSource : source;
    }
    if (polarity && packetSource == source) {
      eventsLeft = number;
    } else {
      bytesToSkip = (long) size * number;
      leaveOut(
          polarity ? "packets of another source" : "packets of other kinds (frames, motion, …)");
    }
  }

  private static void require(ByteSource bytes, boolean holds, String rule, long value)
      throws EventFormatException {
    if (!holds) {
      throw bytes.failure(rule, value, "a damaged file");
    }
  }

  @Override
  Optional<String> missing() {
    if (eventsLeft > 0) {
      return Optional.of(eventsLeft + " events of its last packet");
    }
    return bytesToSkip > 0
        ? Optional.of(bytesToSkip + " bytes of its last packet")
        : Optional.empty();
  }
}
