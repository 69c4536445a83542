package org.dl4jsnn.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dl4jsnn.internal.Require;
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
    super(EventFormat.NUMPY, Optional.empty(), record);
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
          "the NumPy header must be whole", "the end of the file", "a truncated file");
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
      int axes = header.shape().length;
      Require.not(axes != 1, "its shape must have one axis, got %s", axes);
      return new NumpyDecoder(header.shape()[0], fields.record(), fields.columns());
    } catch (IllegalArgumentException e) {
      String cause =
          e.getMessage().contains("Possible cause: ")
              ? ""
              : ". Possible cause: an array of something else, or a damaged file";
      throw source.failureAt(
          source.recordStart(),
          "a NumPy file must be a table of events: " + e.getMessage() + cause,
          e);
    }
  }

  @Override
  void decode(ByteSource source, DecodedEvents sink) throws IOException {
    decoded += decodeRecords(source, sink, events - decoded);
    if (decoded == events && !sink.full() && source.peek(0) >= 0) {
      throw source.failureHere(
          "the file must end with the last of its " + events + " events",
          "more",
          "a damaged header");
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
  void decodeRecord(ByteSource source, DecodedEvents sink) throws EventFormatException {
    ByteBuffer bytes = numbers(source.buffer());
    int at = source.position();
    source.moveTo(at + record);
    long p = fieldP.read(bytes, at);
    if (!EventColumn.isPolarity(p)) {
      throw source.failure("polarity must be 0 or 1, or -1 or 1", p, "a damaged file");
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
  Optional<String> missing() {
    return decoded < events
        ? Optional.of((events - decoded) + " of its " + events + " events")
        : Optional.empty();
  }

  /**
   * The fields of a structured array, from the {@code descr} of its header: {@code [('t', '<i8'),
   * ('x', '<i2'), ('y', '<i2'), ('p', '|b1')]}.
   *
   * @param record bytes per event
   * @param columns fields by column; others are skipped
   */
  private record NumpyFields(int record, Map<EventColumn, NumberField> columns) {

    private static final Pattern FIELD =
        Pattern.compile("\\s*\\(\\s*'([^']*)'\\s*,\\s*'([<>|=])([fiubV])(\\d{1,4})'\\s*\\)\\s*,?");

    /** Reads the fields; others than those of events are refused. */
    static NumpyFields of(String descr) {
      Require.not(
          !descr.startsWith("[") || !descr.endsWith("]"),
          "it must have named fields, got numbers of type %s. Possible cause: an array with"
              + " unnamed columns",
          descr);
      Map<EventColumn, NumberField> columns = new EnumMap<>(EventColumn.class);
      Matcher field = FIELD.matcher(descr);
      int at = 1;
      int record = 0;
      while (at < descr.length() - 1) {
        boolean isPlain = field.region(at, descr.length() - 1).lookingAt();
        Require.not(!isPlain, "its fields must be plain numbers, got %s", descr.substring(at));
        int size = Integer.parseInt(field.group(4));
        int offset = record;
        EventColumn.named(field.group(1))
            .ifPresent(column -> columns.put(column, number(column, field, offset, size)));
        record += size;
        at = field.end();
      }
      for (EventColumn column : EventColumn.values()) {
        if (!columns.containsKey(column)) {
          throw new IllegalArgumentException(
              "one of its fields must be named " + column.names + ", got none in " + descr);
        }
      }
      Require.not(
          record > LARGEST_RECORD,
          "an event must have at most %s bytes, got %s",
          LARGEST_RECORD,
          record);
      List<ByteOrder> orders =
          columns.values().stream()
              .filter(f -> f.size() > 1)
              .map(NumberField::order)
              .distinct()
              .toList();
      Require.not(orders.size() > 1, "its fields must have one byte order, got %s", descr);
      // Single bytes have no byte order; they use that of the others.
      ByteOrder order = orders.isEmpty() ? ByteOrder.LITTLE_ENDIAN : orders.get(0);
      columns.replaceAll((column, f) -> new NumberField(f.kind(), f.offset(), f.size(), order));
      return new NumpyFields(record, columns);
    }

    private static NumberField number(EventColumn column, Matcher field, int offset, int size) {
      char type = field.group(3).charAt(0);
      boolean sizeHolds =
          switch (type) {
            case 'f' -> column == EventColumn.T && (size == 4 || size == 8);
            case 'i', 'u' -> size == 1 || size == 2 || size == 4 || size == 8;
            case 'b' -> size == 1;
            default -> false;
          };
      String others = column == EventColumn.T ? ", or of floating point ones" : "";
      Require.not(
          !sizeHolds,
          "its field %s must be of whole numbers%s, got %s%s",
          field.group(1),
          others,
          type,
          size);
      NumberField.Kind kind =
          type == 'f'
              ? NumberField.Kind.FLOATING
              : type == 'i' ? NumberField.Kind.SIGNED : NumberField.Kind.UNSIGNED;
      ByteOrder order = field.group(2).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      return new NumberField(kind, offset, size, order);
    }
  }
}
