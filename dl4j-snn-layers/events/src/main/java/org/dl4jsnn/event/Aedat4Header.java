package org.dl4jsnn.event;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.DataFormatException;
import javax.xml.stream.XMLStreamException;

/**
 * The start of an AEDAT 4 file: a line, then a size and a FlatBuffer with the compression of all
 * packets, the position of the table of packets, and a text that names the streams.
 *
 * @param compression of every packet
 * @param tablePosition where the packets end and their table begins; negative if there is no table,
 *     as in a recording that was killed
 * @param streams the streams
 * @param events the number of the event stream
 * @param sensor the size that the header states for that stream
 */
record Aedat4Header(
    Aedat4Compression compression,
    long tablePosition,
    Aedat4Streams streams,
    int events,
    Optional<SensorSize> sensor) {

  /** The first line. */
  static final String LINE = "#!AER-DAT4.0\r\n";

  static final String IDENTIFIER = "IOHE";

  /** Fields of the table, in order. */
  static final int COMPRESSION = 0;

  static final int TABLE_POSITION = 1;
  static final int STREAMS = 2;

  /** Headers of real recordings have a few KiB. */
  private static final int LARGEST = 1 << 20;

  /**
   * Whether a header follows that has no line in front of it, as over a network: a size, the place
   * of the root, and the identifier.
   */
  static boolean isNextWithoutLine(ByteSource source) throws IOException {
    return source.startsWith(2 * Integer.BYTES, IDENTIFIER);
  }

  static Aedat4Header read(ByteSource source) throws IOException {
    if (!isNextWithoutLine(source)) {
      readLine(source);
    }
    return readTable(source);
  }

  private static void readLine(ByteSource source) throws IOException {
    if (!source.startsWith(0, LINE)) {
      throw source.failure(
          "the first line must be "
              + LINE.strip()
              + " and end with a carriage return and a line feed. Possible cause: the file was "
              + "changed by an editor");
    }
    source.skip(LINE.length());
  }

  private static Aedat4Header readTable(ByteSource source) throws IOException {
    if (!source.begin(Integer.BYTES)) {
      throw source.failure("the header must be whole", "the end of the file", "a truncated file");
    }
    int size = source.littleEndianInt();
    if (size < 0 || size > LARGEST) {
      throw source.failure(
          "the header's size must be from 0 to " + LARGEST + " bytes",
          Integer.toUnsignedLong(size),
          "a damaged file");
    }
    GrowingBytes bytes = new GrowingBytes(size);
    if (source.read(size, bytes) < size) {
      throw source.failure(
          "the header must have " + size + " bytes", bytes.size(), "a truncated file");
    }
    try {
      return of(FlatTable.root(bytes.array(), 0, size, IDENTIFIER), source);
    } catch (DataFormatException e) {
      throw source.failure(
          "the header must be a FlatBuffer of " + IDENTIFIER, e.getMessage(), "a damaged file", e);
    } catch (XMLStreamException e) {
      throw source.failure(
          "the header must name its streams in XML",
          e.getMessage().replace('\n', ' '),
          "a damaged file",
          e);
    }
  }

  private static Aedat4Header of(FlatTable table, ByteSource source)
      throws DataFormatException, XMLStreamException, EventFormatException {
    int code = table.number(COMPRESSION);
    Aedat4Compression[] compressions = Aedat4Compression.values();
    if (code < 0 || code >= compressions.length) {
      throw source.failure(
          "the compression must be from 0 to " + (compressions.length - 1),
          code,
          "a damaged file, or a file from a newer program");
    }
    Aedat4Streams streams = Aedat4Streams.of(table.text(STREAMS));
    int events =
        streams
            .events()
            .orElseThrow(
                () ->
                    source.failure(
                        "the header must name a stream of events (" + Aedat4Streams.EVENTS + ")",
                        "none",
                        "a recording of frames or motion only"));
    return new Aedat4Header(
        compressions[code],
        table.longNumber(TABLE_POSITION, -1),
        streams,
        events,
        sensor(streams, events, source));
  }

  private static Optional<SensorSize> sensor(Aedat4Streams streams, int events, ByteSource source)
      throws EventFormatException {
    Optional<String> width = streams.side(events, "sizeX");
    Optional<String> height = streams.side(events, "sizeY");
    if (width.isEmpty() && height.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new SensorSize(
            SensorSize.side(source, "width", width.orElse("none")),
            SensorSize.side(source, "height", height.orElse("none"))));
  }

  /** A header, preceded by its size, for a file with one event stream. */
  static ByteBuffer bytes(Aedat4Compression compression, int stream, SensorSize sensor) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int text = builder.createString(Aedat4Streams.xml(compression, stream, sensor));
    builder.forceDefaults(true);
    builder.startTable(3);
    builder.addLong(TABLE_POSITION, -1, -1);
    builder.addInt(COMPRESSION, compression.ordinal(), 0);
    builder.addOffset(STREAMS, text, 0);
    builder.finishSizePrefixed(builder.endTable(), IDENTIFIER);
    return builder.dataBuffer();
  }

  /** Where these bytes hold the position of the table. */
  static int tablePositionIn(ByteBuffer header) {
    try {
      int from = header.arrayOffset() + header.position() + Integer.BYTES;
      int to = header.arrayOffset() + header.limit();
      FlatTable table = FlatTable.root(header.array(), from, to, IDENTIFIER);
      return Integer.BYTES + table.place(TABLE_POSITION);
    } catch (DataFormatException e) {
      throw new IllegalStateException("the header must be what was built", e);
    }
  }
}
