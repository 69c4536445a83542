package org.dl4jsnn.event;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Text: one line per event, with columns separated by spaces, tabs, commas or semicolons. Integer
 * times are microseconds; if the first has a decimal point or an exponent, all are seconds.
 */
final class TextDecoder implements EventDecoder {

  private static final String RULE =
      "a text of events must begin with an event, t x y p, or with its column names";

  private static final String OTHER_ORDER =
      ". Possible cause: a damaged file, or columns in another order than t x y p; name them in a"
          + " first line";

  private final TextLayout layout;

  /** The meaning of each column; null for a skipped one. */
  private final EventColumn[] columns;

  private final boolean polarityIsLast;
  private final TextFields fields = new TextFields();
  private final SkippedEvents leftOut = new SkippedEvents();
  private Boolean seconds;

  private TextDecoder(TextLayout layout) {
    this.layout = layout;
    columns = layout.columns().toArray(new EventColumn[0]);
    polarityIsLast = columns[columns.length - 1] == EventColumn.P;
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
      int from = source.position();
      fields.split(source.buffer(), from, from + length);
      if (source.buffer()[from + length - 1] != '\n' && isCut()) {
        return;
      }
      source.moveTo(from + length);
      if (fields.startsWith('#')) {
        leftOut.count("comments");
      } else if (fields.count() > 0) {
        add(source, sink);
      }
    }
  }

  /**
   * Whether a last line without an end may lack something: a one-digit polarity in the last column
   * is complete, and so are comments and blanks; other numbers may have more digits.
   */
  private boolean isCut() {
    boolean isWhole =
        polarityIsLast && fields.count() == columns.length && fields.endsWithPolarity();
    return fields.count() > 0 && !fields.startsWith('#') && !isWhole;
  }

  /** Bytes of the next line with its end, or of the rest without one; 0 at the end. */
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

  private void add(ByteSource source, DecodedEvents sink) throws EventFormatException {
    if (fields.count() != columns.length) {
      throw source.failure(
          "a line must have "
              + columns.length
              + " columns, got "
              + fields.count()
              + ". Possible cause: a damaged file");
    }
    long x = 0;
    long y = 0;
    long t = 0;
    long p = 0;
    for (int i = 0; i < columns.length; i++) {
      EventColumn column = columns[i];
      if (column == EventColumn.T) {
        t = time(i, source);
      } else if (column != null) {
        long number = whole(column, i, source);
        x = column == EventColumn.X ? number : x;
        y = column == EventColumn.Y ? number : y;
        p = column == EventColumn.P ? number : p;
      }
    }
    if (!EventColumn.isPolarity(p)) {
      throw source.failure("p must be 0 or 1, or -1 or 1, got " + p + OTHER_ORDER);
    }
    sink.add(NumpyDecoder.coordinate(x), NumpyDecoder.coordinate(y), t, p == 1);
  }

  private long time(int field, ByteSource source) throws EventFormatException {
    boolean inSeconds = fields.isFloating(field);
    if (seconds == null) {
      seconds = inSeconds;
    }
    if (!inSeconds && !seconds) {
      return whole(EventColumn.T, field, source);
    }
    String text = fields.text(field);
    if (!seconds) {
      throw source.failure(
          "t must be whole microseconds as in the first line, got "
              + text
              + ". Possible cause: a damaged file");
    }
    try {
      return NumberField.microseconds(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw source.failure("t must be a number, got " + text + OTHER_ORDER, e);
    }
  }

  private long whole(EventColumn column, int field, ByteSource source) throws EventFormatException {
    try {
      return fields.whole(field);
    } catch (NumberFormatException e) {
      throw source.failure(
          column.names().get(0)
              + " must be a whole number, got "
              + fields.text(field)
              + OTHER_ORDER,
          e);
    }
  }

  @Override
  public List<String> leftOut() {
    return leftOut.sentences();
  }
}
