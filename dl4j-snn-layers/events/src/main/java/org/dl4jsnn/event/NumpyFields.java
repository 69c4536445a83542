package org.dl4jsnn.event;

import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of a structured array, from the {@code descr} of its header: {@code [('t', '<i8'),
 * ('x', '<i2'), ('y', '<i2'), ('p', '|b1')]}.
 *
 * @param record bytes per event
 * @param columns fields by column; others are skipped
 */
record NumpyFields(int record, Map<EventColumn, NumberField> columns) {

  private static final Pattern FIELD =
      Pattern.compile("\\s*\\(\\s*'([^']*)'\\s*,\\s*'([<>|=])([fiubV])(\\d{1,4})'\\s*\\)\\s*,?");

  /**
   * Reads the fields.
   *
   * @throws IllegalArgumentException if they are not fields of events
   */
  static NumpyFields of(String descr) {
    if (!descr.startsWith("[") || !descr.endsWith("]")) {
      throw new IllegalArgumentException(
          "it must have named fields, got numbers of type "
              + descr
              + ". Possible cause: an array with unnamed columns");
    }
    Map<EventColumn, NumberField> columns = new EnumMap<>(EventColumn.class);
    Matcher field = FIELD.matcher(descr);
    int at = 1;
    int record = 0;
    while (at < descr.length() - 1) {
      if (!field.region(at, descr.length() - 1).lookingAt()) {
        throw new IllegalArgumentException(
            "its fields must be plain numbers, got " + descr.substring(at));
      }
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
            "one of its fields must be named " + column.names() + ", got none in " + descr);
      }
    }
    if (record > NumpyDecoder.LARGEST_RECORD) {
      throw new IllegalArgumentException(
          "an event must have at most " + NumpyDecoder.LARGEST_RECORD + " bytes, got " + record);
    }
    if (columns.values().stream()
            .filter(f -> f.size() > 1)
            .map(NumberField::order)
            .distinct()
            .count()
        > 1) {
      throw new IllegalArgumentException("its fields must have one byte order, got " + descr);
    }
    return new NumpyFields(record, oneOrder(columns));
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
    if (!sizeHolds) {
      throw new IllegalArgumentException(
          "its field "
              + field.group(1)
              + " must be of whole numbers"
              + (column == EventColumn.T ? ", or of floating point ones" : "")
              + ", got "
              + type
              + size);
    }
    NumberField.Kind kind =
        type == 'f'
            ? NumberField.Kind.FLOATING
            : type == 'i' ? NumberField.Kind.SIGNED : NumberField.Kind.UNSIGNED;
    ByteOrder order = field.group(2).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new NumberField(kind, offset, size, order);
  }

  /** Single bytes have no byte order; they use that of the others. */
  private static Map<EventColumn, NumberField> oneOrder(Map<EventColumn, NumberField> columns) {
    ByteOrder order =
        columns.values().stream()
            .filter(field -> field.size() > 1)
            .map(NumberField::order)
            .findFirst()
            .orElse(ByteOrder.LITTLE_ENDIAN);
    columns.replaceAll(
        (column, field) -> new NumberField(field.kind(), field.offset(), field.size(), order));
    return columns;
  }
}
