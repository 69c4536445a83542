package org.dl4jsnn.event;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.io.AtomicFile;

/**
 * Writes AEDAT 4, as {@link EventFiles} and iniVation's programs read it: one event stream, in
 * packets of at most 8,192 events, and the table of packets at the end.
 */
public final class Aedat4Writer implements EventWriter {

  /** How packets are compressed. */
  public enum Compression {
    /** No compression. */
    NONE(Aedat4Compression.NONE),

    /** LZ4. */
    LZ4(Aedat4Compression.LZ4);

    private final Aedat4Compression code;

    Compression(Aedat4Compression code) {
      this.code = code;
    }
  }

  private static final int STREAM = 0;
  private static final int EVENTS_OF_PACKET = 8192;
  private static final int TIME_BITS = 63;
  private static final SensorSize LARGEST = new SensorSize(SensorSize.LARGEST, SensorSize.LARGEST);

  private final WritableEvents events;
  private final AtomicFile file;
  private final Compression compression;
  private final Aedat4Table table = new Aedat4Table();

  /** The encoded events of the packet not yet written. */
  private final ByteBuffer packet =
      ByteBuffer.allocate(EVENTS_OF_PACKET * Aedat4Decoder.RECORD).order(ByteOrder.LITTLE_ENDIAN);

  /** Where the header holds the position of the table. */
  private final int tablePositionAt;

  private long written;

  /**
   * Starts a file.
   *
   * @param file the file to write
   * @param sensor the size of the sensor
   * @param compression how packets are compressed
   * @throws IOException if the file cannot be created
   */
  public Aedat4Writer(Path file, SensorSize sensor, Compression compression) throws IOException {
    events = new WritableEvents(EventFormat.AEDAT_4, sensor, LARGEST, TIME_BITS);
    this.compression = Require.given("compression", compression);
    this.file = new AtomicFile(file);
    byte[] line = Aedat4Header.LINE.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer header = Aedat4Header.bytes(this.compression.code, STREAM, sensor);
    tablePositionAt = line.length + Aedat4Header.tablePositionIn(header);
    write(ByteBuffer.wrap(line));
    write(header);
  }

  /**
   * Writes an event.
   *
   * @param x column, on the sensor
   * @param y row, on the sensor
   * @param t time in µs, not negative
   * @param on whether it is brighter (ON)
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if the event breaks one of these rules or goes back in time
   * @throws IllegalStateException if the file was finished or closed before
   */
  @Override
  public void accept(int x, int y, long t, boolean on) throws IOException {
    file.out();
    events.check(x, y, t);
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
    if (compression == Compression.NONE) {
      return bytes;
    }
    byte[] array = new byte[bytes.remaining()];
    bytes.get(array);
    return Lz4Frame.pack(array);
  }

  private void write(ByteBuffer bytes) throws IOException {
    OutputStream out = file.out();
    out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    written += bytes.remaining();
  }

  @Override
  public void finish() throws IOException {
    file.out();
    writePacket();
    long position = written;
    write(compressed(table.bytes()));
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    file.overwrite(tablePositionAt, number.putLong(position).flip());
    file.finish();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
