package org.dl4jsnn.event;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a text of events is laid out, by its first lines: comments, perhaps a line with width and
 * height, perhaps one with names of columns, then a line an event.
 *
 * @param columns what each column is; null for one that is passed over
 * @param sensor the size that the text states
 * @param headerLength bytes in front of the first event
 */
record TextLayout(List<EventColumn> columns, Optional<SensorSize> sensor, int headerLength) {

  static final Pattern SEPARATOR = Pattern.compile("[ \t,;]+");

  /** Where the first event must begin, and the longest line. */
  static final int LARGEST_HEADER = 1 << 14;

  private static final Pattern COMMENT = Pattern.compile("(#|//).*|");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+([eE][-+]?[0-9]+)?");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,5}");

  private static final List<EventColumn> WITHOUT_NAMES =
      List.of(EventColumn.T, EventColumn.X, EventColumn.Y, EventColumn.P);

  /** The layout of what the source has next, which stays unread; nothing if it is no such text. */
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
          return isNumbers(parts, columns.size()) ? found(columns, sensor, at) : Optional.empty();
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

  /** A line without its end; nothing if it has other bytes than text, is too long, or is none. */
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

  private static Optional<SensorSize> size(List<String> parts) {
    if (!parts.stream()
        .allMatch(
            part -> WHOLE.matcher(part).matches() && SensorSize.isSide(Integer.parseInt(part)))) {
      return Optional.empty();
    }
    return Optional.of(
        new SensorSize(Integer.parseInt(parts.get(0)), Integer.parseInt(parts.get(1))));
  }

  /** What names mean; nothing unless each of the four columns is there once. */
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
