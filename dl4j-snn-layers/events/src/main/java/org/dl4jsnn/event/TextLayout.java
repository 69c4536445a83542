package org.dl4jsnn.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The layout of a text of events, from its first lines: comments, optionally a line with width and
 * height, optionally one with column names, then one line per event.
 *
 * @param columns the meaning of each column; null for a skipped one
 * @param sensor the size that the text states
 * @param headerLength bytes before the first event
 */
record TextLayout(List<EventColumn> columns, Optional<SensorSize> sensor, int headerLength) {

  static final Pattern SEPARATOR = Pattern.compile("[ \t,;]+");

  /** The limits of the first event's offset and of a line's length. */
  static final int LARGEST_HEADER = 1 << 14;

  private static final Pattern COMMENT = Pattern.compile("(#|//).*|");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+([eE][-+]?[0-9]+)?");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,5}");

  static final List<EventColumn> WITHOUT_NAMES =
      List.of(EventColumn.T, EventColumn.X, EventColumn.Y, EventColumn.P);

  /**
   * The layout of the source's next bytes, which stay unread; empty if they are not such a text.
   */
  static Optional<TextLayout> find(ByteSource source) throws IOException {
    int at = 0;
    List<EventColumn> columns = List.of();
    Optional<SensorSize> sensor = Optional.empty();
    while (true) {
      Optional<String> line = line(source, at);
      if (line.isEmpty()) {
        return columns.isEmpty() ? Optional.empty() : found(columns, sensor, at);
      }
      String text = line.get().strip();
      if (!COMMENT.matcher(text).matches()) {
        List<String> parts = List.of(SEPARATOR.split(text));
        if (columns.isEmpty() && isNumbers(parts, 4)) {
          return found(WITHOUT_NAMES, sensor, at);
        }
        if (!columns.isEmpty()) {
          return isNumbers(parts, columns) ? found(columns, sensor, at) : Optional.empty();
        }
        if (sensor.isEmpty() && parts.size() == 2) {
          sensor = size(parts);
          if (sensor.isEmpty()) {
            return Optional.empty();
          }
        } else {
          columns = names(parts);
          if (columns.isEmpty()) {
            return Optional.empty();
          }
        }
      }
      at += line.get().length() + 1;
    }
  }

  private static Optional<TextLayout> found(
      List<EventColumn> columns, Optional<SensorSize> sensor, int headerLength) {
    return Optional.of(new TextLayout(columns, sensor, headerLength));
  }

  /** A line without its end; empty if it has non-text bytes, is too long, or is missing. */
  private static Optional<String> line(ByteSource source, int from) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = from; i < LARGEST_HEADER; i++) {
      int value = source.peek(i);
      if (value == '\n' || value < 0) {
        return value < 0 && line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
      }
      if (value < ' ' && value != '\t' && value != '\r') {
        return Optional.empty();
      }
      line.append((char) value);
    }
    return Optional.empty();
  }

  private static boolean isNumbers(List<String> parts, int count) {
    return parts.size() == count && parts.stream().allMatch(part -> NUMBER.matcher(part).matches());
  }

  /** Cells of columns with other names may hold anything. */
  private static boolean isNumbers(List<String> parts, List<EventColumn> columns) {
    return parts.size() == columns.size()
        && IntStream.range(0, parts.size())
            .filter(i -> columns.get(i) != null)
            .allMatch(i -> NUMBER.matcher(parts.get(i)).matches());
  }

  private static Optional<SensorSize> size(List<String> parts) {
    if (!parts.stream()
        .allMatch(
            part -> WHOLE.matcher(part).matches() && SensorSize.isSide(Integer.parseInt(part)))) {
      return Optional.empty();
    }
    return Optional.of(
        new SensorSize(Integer.parseInt(parts.get(0)), Integer.parseInt(parts.get(1))));
  }

  /** The columns for names; empty unless each of the four columns occurs once. */
  private static List<EventColumn> names(List<String> parts) {
    List<EventColumn> columns = new ArrayList<>();
    for (String part : parts) {
      columns.add(EventColumn.named(part.replace("\"", "")).orElse(null));
    }
    for (EventColumn column : EventColumn.values()) {
      if (columns.stream().filter(column::equals).count() != 1) {
        return List.of();
      }
    }
    return columns;
  }
}
