package org.dl4jsnn.event;

import java.io.IOException;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.ZipException;

/**
 * AEDAT 4: packets of a stream number, a size and that many bytes, each compressed separately. A
 * packet holds a FlatBuffer after its size. A packet of events is a vector of 16 bytes per event,
 * little-endian: 64 bits of time, 16 of x, 16 of y, 8 of polarity, 24 unused.
 */
final class Aedat4Decoder extends BlockDecoder {

  static final int PACKET_HEADER = 8;
  static final int RECORD = 16;

  static final String TABLE = "FTAB";

  /** The largest size of an unpacked packet: 4 million events; real packets have thousands. */
  static final int LARGEST_PACKET = 1 << 26;

  /** The largest size of the table of packets: about 4 million entries. */
  private static final int LARGEST_TABLE = 1 << 28;

  /** Programs write about 53 bytes per packet. */
  private static final long TABLE_BYTES_OF_PACKET = 96;

  private static final int TABLE_BYTES_BESIDE = 1 << 12;

  /** The only field of both tables. */
  static final int ELEMENTS = 0;

  private static final int X = 8;
  private static final int POLARITY = 12;

  /** The sign bits of x and y. */
  private static final int NEGATIVE = 0x8000_8000;

  private final Aedat4Header header;
  private final GrowingBytes packed = new GrowingBytes(LARGEST_TABLE);
  private final GrowingBytes room = new GrowingBytes(LARGEST_PACKET);
  private long packets;
  private boolean tableRead;
  private String missing;

  /** The bytes of the packet's events and their start. */
  private byte[] block;

  private int first;

  Aedat4Decoder(Aedat4Header header) {
    super(EventFormat.AEDAT_4, header.sensor());
    this.header = header;
  }

  @Override
  int nextBlock(ByteSource source) throws IOException {
    while (!atTable(source) && source.begin(PACKET_HEADER)) {
      int stream = source.littleEndianInt();
      int size = source.littleEndianInt();
      packets++;
      if (size < 0
          || header.tablePosition() > 0 && source.offset() + size > header.tablePosition()) {
        throw source.failure(
            "a packet must end before the table of packets",
            "one of " + Integer.toUnsignedLong(size) + " bytes",
            "a damaged file");
      }
      int events = stream == header.events() ? events(source, size) : skip(source, stream, size);
      if (events > 0) {
        return events;
      }
    }
    if (missing == null && !tableRead && header.tablePosition() > 0) {
      if (atTable(source)) {
        readTable(source);
      } else if (source.buffered() == 0) {
        missing = "what is in front of its table of packets at byte " + header.tablePosition();
      }
    }
    return 0;
  }

  private boolean atTable(ByteSource source) {
    return missing != null
        || header.tablePosition() > 0 && source.offset() >= header.tablePosition();
  }

  private int skip(ByteSource source, int stream, int size) throws IOException {
    long skipped = source.skip(size);
    if (skipped < size) {
      missing = (size - skipped) + " bytes of its last packet";
    }
    leaveOut(header.streams().kind(stream));
    return 0;
  }

  /** Loads a packet of events; returns the number of events. */
  private int events(ByteSource source, int size) throws IOException {
    if (size > LARGEST_PACKET) {
      throw source.failure(
          "a packet must have at most " + LARGEST_PACKET + " bytes", size, "a damaged file");
    }
    packed.clear();
    int read = source.read(size, packed);
    if (read < size) {
      missing = (size - read) + " bytes of its last packet";
      return 0;
    }
    try {
      GrowingBytes bytes = header.compression().unpacked(packed, room);
      FlatTable table = root(bytes, Aedat4Streams.EVENTS);
      block = bytes.array();
      first = Integer.BYTES + table.elements(ELEMENTS, RECORD);
      return table.length(ELEMENTS);
    } catch (ZipException | DataFormatException e) {
      throw damaged(source, Aedat4Streams.EVENTS, e);
    }
  }

  private static FlatTable root(GrowingBytes bytes, String identifier) throws DataFormatException {
    if (bytes.size() < Integer.BYTES
        || (int) ByteSource.LITTLE_INT.get(bytes.array(), 0) != bytes.size() - Integer.BYTES) {
      throw new DataFormatException("another size than it says");
    }
    return FlatTable.root(bytes.array(), Integer.BYTES, bytes.size(), identifier);
  }

  private EventFormatException damaged(ByteSource source, String identifier, Exception e) {
    return source.failure(
        "a packet must be a FlatBuffer of "
            + identifier
            + ", compressed as the header says ("
            + header.compression()
            + ")",
        e.getMessage(),
        "a damaged file",
        e);
  }

  /** Checks only that the table is whole; it repeats what the packets say. */
  private void readTable(ByteSource source) throws IOException {
    tableRead = true;
    source.begin(0);
    packed.clear();
    try {
      source.read(LARGEST_TABLE + 1, packed);
    } catch (ZipException e) {
      throw damaged(source, TABLE, e);
    }
    if (packed.size() == 0) {
      missing = "the table of packets";
      return;
    }
    try {
      root(header.compression().unpacked(packed, new GrowingBytes(largestTable())), TABLE);
    } catch (ZipException | DataFormatException e) {
      throw damaged(source, TABLE, e);
    }
  }

  /** Of the packets that were there, so that a small file does not become a large table. */
  private int largestTable() {
    return (int) Math.min(LARGEST_TABLE, TABLE_BYTES_BESIDE + TABLE_BYTES_OF_PACKET * packets);
  }

  @Override
  void unpack(int from, int to, EventRun run) {
    final int[] place = run.place;
    final long[] t = run.t;
    int event = run.start;
    int at = first + from * RECORD;
    for (int i = from; i < to; i++, at += RECORD) {
      int xy = (int) ByteSource.LITTLE_INT.get(block, at + X);
      int polarity = block[at + POLARITY];
      if ((xy & NEGATIVE | polarity & ~1) != 0) {
        break;
      }
      // x and y have the same positions as in an EventWord.
      place[event] = xy | polarity << 31;
      t[event] = (long) ByteSource.LITTLE_LONG.get(block, at);
      event++;
    }
    run.endAt(event);
  }

  @Override
  void add(int event, ByteSource source, DecodedEvents sink) throws EventFormatException {
    int at = first + event * RECORD;
    int polarity = block[at + POLARITY] & 0xFF;
    if (polarity > 1) {
      throw source.failure(
          "polarity must be 0 or 1",
          polarity + " in event " + event + " of its packet",
          "a damaged file");
    }
    sink.add(
        (short) ByteSource.LITTLE_SHORT.get(block, at + X),
        (short) ByteSource.LITTLE_SHORT.get(block, at + X + Short.BYTES),
        (long) ByteSource.LITTLE_LONG.get(block, at),
        polarity == 1);
  }

  @Override
  Optional<String> missing() {
    return Optional.ofNullable(missing);
  }
}
