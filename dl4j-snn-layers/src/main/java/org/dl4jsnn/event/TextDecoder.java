package org.dl4jsnn.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Text: a line an event, its columns parted by spaces, tabs, commas or semicolons. Whole times are
 * microseconds; times with a decimal point or an exponent are seconds, and then all of them are.
 */
final class TextDecoder implements EventDecoder {

  private static final String RULE =
      "a text of events must begin with an event, t x y p, or with the names of its columns";

  private final TextLayout layout;
  private final boolean polarityIsLast;
  private final SkippedEvents leftOut = new SkippedEvents();
  private Boolean seconds;

  private TextDecoder(TextLayout layout) {
    this.layout = layout;
    List<EventColumn> columns = layout.columns();
    polarityIsLast = columns.get(columns.size() - 1) == EventColumn.P;
  }

  static TextDecoder open(ByteSource source) throws IOException {
    return open(
        source,
        TextLayout.find(source)
            .orElseThrow(
                () ->
                    source.failure(
                        RULE + ", got something else. Possible cause: another kind of file")));
  }

  static TextDecoder open(ByteSource source, TextLayout layout) throws IOException {
    source.skip(layout.headerLength());
    return new TextDecoder(layout);
  }

  @Override
  public EventFormat format() {
    return EventFormat.TEXT;
  }

  @Override
  public Optional<SensorSize> sensor() {
    return layout.sensor();
  }

  @Override
  public void decode(ByteSource source, DecodedEvents sink) throws IOException {
    while (!sink.full()) {
      int length = length(source);
      if (length == 0) {
        return;
      }
      source.begin(length);
      String line =
          new String(source.buffer(), source.position(), length, StandardCharsets.ISO_8859_1)
              .strip();
      boolean ended = source.buffer()[source.position() + length - 1] == '\n';
      // A polarity of one digit cannot go on; a number in another column might have.
      if (!ended && !(polarityIsLast && line.matches(".*[ \t,;]-?[01]"))) {
        return;
      }
      source.moveTo(source.position() + length);
      if (line.startsWith("#")) {
        leftOut.count("comments");
      } else if (!line.isEmpty()) {
        add(line, source, sink);
      }
    }
  }

  /** Bytes of the next line with its end, or of what there is without one; 0 at the end. */
  private static int length(ByteSource source) throws IOException {
    for (int i = 0; i < TextLayout.LARGEST_HEADER; i++) {
      int value = source.peek(i);
      if (value == '\n') {
        return i + 1;
      }
      if (value < 0) {
        return i;
      }
    }
    source.begin(0);
    throw source.failure(
        "a line must be shorter than "
            + TextLayout.LARGEST_HEADER
            + " bytes, got a longer one. Possible cause: a damaged file");
  }

  private void add(String line, ByteSource source, DecodedEvents sink) throws EventFormatException {
    String[] parts = TextLayout.SEPARATOR.split(line);
    if (parts.length != layout.columns().size()) {
      throw source.failure(
          "a line must have "
              + layout.columns().size()
              + " columns, got "
              + parts.length
              + ". Possible cause: a damaged file");
    }
    long x = 0;
    long y = 0;
    long t = 0;
    long p = 0;
    for (int i = 0; i < parts.length; i++) {
      EventColumn column = layout.columns().get(i);
      if (column == EventColumn.X) {
        x = whole(column, parts[i], source);
      } else if (column == EventColumn.Y) {
        y = whole(column, parts[i], source);
      } else if (column == EventColumn.P) {
        p = whole(column, parts[i], source);
      } else if (column == EventColumn.T) {
        t = time(parts[i], source);
      }
    }
    if (!EventColumn.isPolarity(p)) {
      throw source.failure("p must be 0 or 1, or -1 or 1, got " + p);
    }
    sink.add(NumpyDecoder.coordinate(x), NumpyDecoder.coordinate(y), t, p == 1);
  }

  private long time(String text, ByteSource source) throws EventFormatException {
    boolean inSeconds = text.indexOf('.') >= 0 || text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
    if (seconds == null) {
      seconds = inSeconds;
    }
    if (!inSeconds && !seconds) {
      return whole(EventColumn.T, text, source);
    }
    if (!seconds) {
      throw source.failure(
          "t must be whole microseconds as in the first line, got "
              + text
              + ". Possible cause: a damaged file");
    }
    try {
      return NumberField.microseconds(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw source.failure("t must be a number, got " + text, e);
    }
  }

  private static long whole(EventColumn column, String text, ByteSource source)
      throws EventFormatException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw source.failure(
          column.names().get(0)
              + " must be a whole number, got "
              + text
              + ". Possible cause: a damaged file, or columns in another order than t x y p; a"
              + " first line may name them",
          e);
    }
  }

  @Override
  public List<String> leftOut() {
    return leftOut.sentences();
  }
}
