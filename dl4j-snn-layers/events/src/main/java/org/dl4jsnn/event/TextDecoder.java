package org.dl4jsnn.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Text: one line per event, with columns separated by spaces, tabs, commas or semicolons. Integer
 * times are microseconds; if the first has a decimal point or an exponent, all are seconds.
 */
final class TextDecoder extends EventDecoder {

  private static final String RULE =
      "a text of events must begin with an event, t x y p, or with its column names";

  private static final String OTHER_ORDER =
      "a damaged file, or columns in another order than t x y p; name them in a" + " first line";

  /** The meaning of each column; null for a skipped one. */
  private final EventColumn[] columns;

  private final boolean polarityIsLast;
  private final TextFields fields = new TextFields();
  private Boolean seconds;

  private TextDecoder(TextLayout layout) {
    super(EventFormat.TEXT, layout.sensor());
    columns = layout.columns().toArray(new EventColumn[0]);
    polarityIsLast = columns[columns.length - 1] == EventColumn.P;
  }

  static TextDecoder open(ByteSource source) throws IOException {
    return open(
        source,
        TextLayout.find(source)
            .orElseThrow(() -> source.failure(RULE, "something else", "another kind of file")));
  }

  static TextDecoder open(ByteSource source, TextLayout layout) throws IOException {
    source.skip(layout.headerLength());
    return new TextDecoder(layout);
  }

  @Override
  void decode(ByteSource source, DecodedEvents sink) throws IOException {
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
        leaveOut("comments");
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
        "a line must be shorter than " + TextLayout.LARGEST_HEADER + " bytes",
        "a longer one",
        "a damaged file");
  }

  private void add(ByteSource source, DecodedEvents sink) throws EventFormatException {
    if (fields.count() != columns.length) {
      throw source.failure(
          "a line must have " + columns.length + " columns", fields.count(), "a damaged file");
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
      throw source.failure("p must be 0 or 1, or -1 or 1", p, OTHER_ORDER);
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
          "t must be whole microseconds as in the first line", text, "a damaged file");
    }
    try {
      return NumberField.microseconds(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw source.failure("t must be a number", text, OTHER_ORDER, e);
    }
  }

  private long whole(EventColumn column, int field, ByteSource source) throws EventFormatException {
    try {
      return fields.whole(field);
    } catch (NumberFormatException e) {
      throw source.failure(
          column.names.get(0) + " must be a whole number", fields.text(field), OTHER_ORDER, e);
    }
  }

  /** The fields of a line of text, located in a buffer: a line creates no objects. */
  private static final class TextFields {

    /** More than any table has; a line with more is wrong. */
    private static final int MOST = 64;

    /** The most digits that always fit. */
    private static final int SAFE_DIGITS = 18;

    private final int[] starts = new int[MOST];
    private final int[] ends = new int[MOST];
    private byte[] bytes;
    private int count;

    /** Splits a line, from one index of a buffer to another. */
    void split(byte[] buffer, int from, int to) {
      bytes = buffer;
      count = 0;
      int at = from;
      while (at < to && count < MOST) {
        while (at < to && isSeparator(buffer[at])) {
          at++;
        }
        if (at < to) {
          starts[count] = at;
          while (at < to && !isSeparator(buffer[at])) {
            at++;
          }
          ends[count] = at;
          count++;
        }
      }
    }

    private static boolean isSeparator(byte value) {
      return value == ' '
          || value == '\t'
          || value == ','
          || value == ';'
          || value == '\r'
          || value == '\n';
    }

    int count() {
      return count;
    }

    String text(int field) {
      return new String(
          bytes, starts[field], ends[field] - starts[field], StandardCharsets.ISO_8859_1);
    }

    boolean startsWith(char letter) {
      return count > 0 && bytes[starts[0]] == letter;
    }

    /** Whether a number has a decimal point or an exponent. */
    boolean isFloating(int field) {
      for (int i = starts[field]; i < ends[field]; i++) {
        if (bytes[i] == '.' || bytes[i] == 'e' || bytes[i] == 'E') {
          return true;
        }
      }
      return false;
    }

    /** Whether the last field is a complete polarity. */
    boolean endsWithPolarity() {
      int last = count - 1;
      if (last < 1) {
        return false;
      }
      int digit = starts[last] + (bytes[starts[last]] == '-' ? 1 : 0);
      return ends[last] == digit + 1 && (bytes[digit] == '0' || bytes[digit] == '1');
    }

    /** A whole number, or a {@link NumberFormatException}. */
    long whole(int field) {
      int at = starts[field];
      boolean negative = bytes[at] == '-';
      at += negative ? 1 : 0;
      int digits = ends[field] - at;
      if (digits < 1 || digits > SAFE_DIGITS) {
        return Long.parseLong(text(field));
      }
      long number = 0;
      for (; at < ends[field]; at++) {
        int digit = bytes[at] - '0';
        if (digit < 0 || digit > 9) {
          throw new NumberFormatException(text(field));
        }
        number = number * 10 + digit;
      }
      return negative ? -number : number;
    }
  }
}
