package org.dl4jsnn.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dl4jsnn.internal.io.NumpyHeader;

/**
 * A NumPy file of one structured array, with fields named as in {@link EventColumn}, of any size
 * and in any order. Integer times are microseconds, floating-point times are seconds.
 */
final class NumpyDecoder extends RunDecoder {

  /** The longest record; real ones have about 16 bytes. */
  static final int LARGEST_RECORD = 1 << 10;

  private final long events;
  private final NumberField fieldX;
  private final NumberField fieldY;
  private final NumberField fieldT;
  private final NumberField fieldP;
  private final ByteOrder order;
  private final int record;
  private long decoded;

  /** Events of the unpacked run. */
  private ByteBuffer wrapped = ByteBuffer.allocate(0);

  private NumpyDecoder(long events, int record, Map<EventColumn, NumberField> fields) {
    super(record);
    this.events = events;
    this.record = record;
    fieldX = fields.get(EventColumn.X);
    fieldY = fields.get(EventColumn.Y);
    fieldT = fields.get(EventColumn.T);
    fieldP = fields.get(EventColumn.P);
    order = fieldT.order();
  }

  static NumpyDecoder open(ByteSource source) throws IOException {
    if (!source.begin(NumpyHeader.PREFIX)) {
      throw source.failure(
          "the NumPy header must be whole, got the end of the file. Possible cause: a truncated file");
    }
    byte[] prefix = new byte[NumpyHeader.PREFIX];
    for (int i = 0; i < prefix.length; i++) {
      prefix[i] = (byte) source.peek(i);
    }
    try {
      int length = NumpyHeader.length(prefix);
      if (length > ByteSource.BUFFER || !source.begin(length)) {
        throw new IllegalArgumentException(
            "its header must be within it, got " + length + " bytes");
      }
      byte[] bytes = new byte[length];
      System.arraycopy(source.buffer(), source.position(), bytes, 0, length);
      source.moveTo(source.position() + length);
      NumpyHeader header = NumpyHeader.of(bytes);
      NumpyFields fields = NumpyFields.of(header.descr());
      if (header.shape().length != 1) {
        throw new IllegalArgumentException(
            "its shape must have one axis, got " + header.shape().length);
      }
      return new NumpyDecoder(header.shape()[0], fields.record(), fields.columns());
    } catch (IllegalArgumentException e) {
      String cause =
          e.getMessage().contains("Possible cause: ")
              ? ""
              : ". Possible cause: an array of something else, or a damaged file";
      throw source.failure("a NumPy file must be a table of events: " + e.getMessage() + cause, e);
    }
  }

  @Override
  public EventFormat format() {
    return EventFormat.NUMPY;
  }

  @Override
  public Optional<SensorSize> sensor() {
    return Optional.empty();
  }

  @Override
  public void decode(ByteSource source, DecodedEvents sink) throws IOException {
    decoded += decodeRecords(source, sink, events - decoded);
    if (decoded == events && !sink.full() && source.peek(0) >= 0) {
      throw source.failureHere(
          "the file must end with the last of its "
              + events
              + " events, got more. Possible cause: a damaged header");
    }
  }

  @Override
  int unpack(byte[] buffer, int from, int to, EventRun run) {
    final int[] place = run.place;
    final long[] t = run.t;
    ByteBuffer bytes = numbers(buffer);
    int event = run.start;
    int at = from;
    for (; at < to && event < run.limit; at += record) {
      long x = fieldX.read(bytes, at);
      long y = fieldY.read(bytes, at);
      long p = fieldP.read(bytes, at);
      if ((x | y) >>> 15 != 0 || !EventColumn.isPolarity(p)) {
        break;
      }
      place[event] = EventWord.of((int) x, (int) y, p == 1);
      t[event] = fieldT.read(bytes, at);
      event++;
    }
    run.endAt(event);
    return at;
  }

  /** The buffer, which never changes, as numbers. */
  private ByteBuffer numbers(byte[] buffer) {
    if (wrapped.array() != buffer) {
      wrapped = ByteBuffer.wrap(buffer).order(order);
    }
    return wrapped;
  }

  @Override
  void runTaken(EventRun run) {
    // An event is a complete record.
  }

  @Override
  void decodeRecord(ByteSource source, DecodedEvents sink) throws EventFormatException {
    ByteBuffer bytes = numbers(source.buffer());
    int at = source.position();
    source.moveTo(at + record);
    long p = fieldP.read(bytes, at);
    if (!EventColumn.isPolarity(p)) {
      throw source.failure(
          "polarity must be 0 or 1, or -1 or 1, got " + p + ". Possible cause: a damaged file");
    }
    sink.add(
        coordinate(fieldX.read(bytes, at)),
        coordinate(fieldY.read(bytes, at)),
        fieldT.read(bytes, at),
        p == 1);
  }

  /** A coordinate beyond 32 bits, which no sensor has, becomes the nearest one of 32 bits. */
  static int coordinate(long number) {
    return (int) Math.max(Integer.MIN_VALUE, Math.min(number, Integer.MAX_VALUE));
  }

  @Override
  public Optional<String> missing() {
    return decoded < events
        ? Optional.of((events - decoded) + " of its " + events + " events")
        : Optional.empty();
  }

  @Override
  public List<String> leftOut() {
    return List.of();
  }
}
