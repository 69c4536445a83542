package org.dl4jsnn.event;

import java.nio.charset.StandardCharsets;

/** The fields of a line of text, located in a buffer: a line creates no objects. */
final class TextFields {

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

  /**
   * A whole number.
   *
   * @throws NumberFormatException if it is not a whole number
   */
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
