package org.dl4jsnn.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A number in a table's records.
 *
 * @param kind the kind of number
 * @param offset its offset in a record, in bytes
 * @param size 1, 2, 4 or 8 bytes; 4 or 8 for floating point
 * @param order the byte order
 */
record NumberField(Kind kind, int offset, int size, ByteOrder order) {

  /** Kinds of numbers. */
  enum Kind {
    SIGNED,
    UNSIGNED,
    FLOATING
  }

  private static final double MICROSECONDS = 1e6;

  /** Neither a time nor a coordinate: always refused. */
  private static final long IMPOSSIBLE = Long.MIN_VALUE;

  /**
   * {@return the number in a record; negative if it exceeds 63 bits or is not a number} A
   * floating-point number is seconds and becomes the nearest whole number of microseconds.
   *
   * @param bytes in the field's byte order
   * @param record where the record begins
   */
  long read(ByteBuffer bytes, int record) {
    int at = record + offset;
    if (kind == Kind.FLOATING) {
      return microseconds(size == Float.BYTES ? bytes.getFloat(at) : bytes.getDouble(at));
    }
    boolean signed = kind == Kind.SIGNED;
    return switch (size) {
      case 1 -> signed ? bytes.get(at) : bytes.get(at) & 0xFF;
      case 2 -> signed ? bytes.getShort(at) : bytes.getShort(at) & 0xFFFF;
      case 4 -> signed ? bytes.getInt(at) : bytes.getInt(at) & 0xFFFF_FFFFL;
      default -> {
        long number = bytes.getLong(at);
        yield signed || number >= 0 ? number : IMPOSSIBLE;
      }
    };
  }

  /** A time in seconds as whole microseconds; negative if that is impossible. */
  static long microseconds(double seconds) {
    double microseconds = seconds * MICROSECONDS;
    return microseconds > -1 && microseconds < Long.MAX_VALUE
        ? Math.round(microseconds)
        : IMPOSSIBLE;
  }

  boolean isWhole() {
    return kind != Kind.FLOATING;
  }
}
