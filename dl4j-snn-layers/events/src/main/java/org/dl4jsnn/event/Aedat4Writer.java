package org.dl4jsnn.event;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes AEDAT 4: one event stream, in packets of one size, and the table of packets. */
final class Aedat4Writer extends EventWriter {

  private static final int STREAM = 0;
  private static final int EVENTS_OF_PACKET = 8192;
  private static final int TIME_BITS = 63;
  private static final SensorSize LARGEST = new SensorSize(SensorSize.LARGEST, SensorSize.LARGEST);

  private final Aedat4Compression compression;
  private final PacketTable table = new PacketTable();

  /** The encoded events of the packet not yet written. */
  private final ByteBuffer packet =
      ByteBuffer.allocate(EVENTS_OF_PACKET * Aedat4Decoder.RECORD).order(ByteOrder.LITTLE_ENDIAN);

  /** Where the header holds the position of the table. */
  private final int tablePositionAt;

  private long written;

  Aedat4Writer(Path file, SensorSize sensor, Aedat4Compression compression) throws IOException {
    super(file, EventFormat.AEDAT_4, sensor, LARGEST, TIME_BITS);
    this.compression = compression;
    byte[] line = Aedat4Header.LINE.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer header = Aedat4Header.bytes(compression, STREAM, sensor);
    tablePositionAt = line.length + Aedat4Header.tablePositionIn(header);
    write(ByteBuffer.wrap(line));
    write(header);
  }

  @Override
  void write(OutputStream out, int x, int y, long t, boolean on) throws IOException {
    packet.putLong(t).putShort((short) x).putShort((short) y).putInt(on ? 1 : 0);
    if (!packet.hasRemaining()) {
      writePacket();
    }
  }

  private void writePacket() throws IOException {
    packet.flip();
    if (packet.hasRemaining()) {
      int count = packet.remaining() / Aedat4Decoder.RECORD;
      long first = packet.getLong(0);
      final long last = packet.getLong(packet.remaining() - Aedat4Decoder.RECORD);
      FlatBufferBuilder builder = new FlatBufferBuilder(packet.remaining() + 64);
      builder.createUnintializedVector(Aedat4Decoder.RECORD, count, Long.BYTES).put(packet);
      int vector = builder.endVector();
      builder.startTable(1);
      builder.addOffset(Aedat4Decoder.ELEMENTS, vector, 0);
      builder.finishSizePrefixed(builder.endTable(), Aedat4Streams.EVENTS);
      ByteBuffer bytes = compressed(builder.dataBuffer());
      table.add(
          written + Aedat4Decoder.PACKET_HEADER, STREAM, bytes.remaining(), count, first, last);
      ByteBuffer header =
          ByteBuffer.allocate(Aedat4Decoder.PACKET_HEADER).order(ByteOrder.LITTLE_ENDIAN);
      write(header.putInt(STREAM).putInt(bytes.remaining()).flip());
      write(bytes);
    }
    packet.clear();
  }

  private ByteBuffer compressed(ByteBuffer bytes) {
    if (compression == Aedat4Compression.NONE) {
      return bytes;
    }
    byte[] array = new byte[bytes.remaining()];
    bytes.get(array);
    return Lz4Frame.pack(array);
  }

  private void write(ByteBuffer bytes) throws IOException {
    file().out().write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    written += bytes.remaining();
  }

  @Override
  void writeEnd(OutputStream out) throws IOException {
    writePacket();
    long position = written;
    write(compressed(table.bytes()));
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    file().overwrite(tablePositionAt, number.putLong(position).flip());
  }

  /**
   * The table at the end of an AEDAT 4 file. With it, programs find packets without reading the
   * whole file.
   */
  private static final class PacketTable {

    /** Fields of an entry, in order. */
    private static final int POSITION = 0;

    private static final int PACKET = 1;
    private static final int EVENTS = 2;
    private static final int FIRST = 3;
    private static final int LAST = 4;
    private static final int FIELDS = 5;

    private final FlatBufferBuilder builder = new FlatBufferBuilder();
    private final List<Integer> offsets = new ArrayList<>();

    PacketTable() {
      // By default a field that is 0 is omitted, and readers disagree on what that means.
      builder.forceDefaults(true);
    }

    /**
     * Adds a packet.
     *
     * @param position where its bytes begin, after the stream number and the size
     * @param first time of its first event in µs
     * @param last time of its last event in µs
     */
    void add(long position, int stream, int size, long events, long first, long last) {
      builder.startTable(FIELDS);
      builder.addLong(POSITION, position, 0);
      builder.addLong(EVENTS, events, 0);
      builder.addLong(FIRST, first, 0);
      builder.addLong(LAST, last, 0);
      // A struct is stored inline; like everything here, it is built back to front.
      builder.prep(Integer.BYTES, 2 * Integer.BYTES);
      builder.putInt(size);
      builder.putInt(stream);
      builder.addStruct(PACKET, builder.offset(), 0);
      offsets.add(builder.endTable());
    }

    /** The table as a FlatBuffer after its size. */
    ByteBuffer bytes() {
      int vector =
          builder.createVectorOfTables(offsets.stream().mapToInt(Integer::intValue).toArray());
      builder.startTable(1);
      builder.addOffset(Aedat4Decoder.ELEMENTS, vector, 0);
      builder.finishSizePrefixed(builder.endTable(), Aedat4Decoder.TABLE);
      return builder.dataBuffer();
    }
  }
}
