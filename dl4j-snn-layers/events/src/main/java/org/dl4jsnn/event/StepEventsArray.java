package org.dl4jsnn.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dl4jsnn.internal.io.NumpyHeader;

/** A NumPy array [events, 3] of whole numbers: row, column and step of each event. */
final class StepEventsArray {

  private static final Pattern TYPE = Pattern.compile("([<>|=])([iu])([1248])");
  private static final int COLUMNS = 3;

  /** Every pixel of 256 x 256 in each of 8 steps. */
  private static final int MOST = 8 << 16;

  private final ByteBuffer bytes;
  private final NumberField field;
  private final int size;

  private StepEventsArray(ByteBuffer bytes, NumberField field, int size) {
    this.bytes = bytes;
    this.field = field;
    this.size = size;
  }

  /**
   * Reads an array.
   *
   * @throws IllegalArgumentException if it is another array or damaged
   */
  static StepEventsArray of(GrowingBytes file) {
    byte[] whole = Arrays.copyOf(file.array(), file.size());
    NumpyHeader header = NumpyHeader.of(whole);
    Matcher type = TYPE.matcher(header.descr());
    if (!type.matches() || header.fortranOrder()) {
      throw new IllegalArgumentException(
          "whole numbers in C order are needed, not " + header.descr());
    }
    long[] shape = header.shape();
    int bytesOfNumber = Integer.parseInt(type.group(3));
    long rest = whole.length - header.length();
    if (shape.length == 2 && shape[0] > MOST) {
      throw new IllegalArgumentException(
          "at most " + MOST + " events, 8 steps of 256 x 256 pixels, are needed, not " + shape[0]);
    }
    // The shape is checked before it is multiplied, because the product might overflow.
    if (shape.length != 2
        || shape[1] != COLUMNS
        || shape[0] > rest
        || shape[0] * COLUMNS * bytesOfNumber != rest) {
      throw new IllegalArgumentException("a shape [events, 3] that fits its bytes is needed");
    }
    ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    NumberField.Kind kind =
        type.group(2).equals("i") ? NumberField.Kind.SIGNED : NumberField.Kind.UNSIGNED;
    ByteBuffer numbers = ByteBuffer.wrap(whole, header.length(), (int) rest).slice().order(order);
    return new StepEventsArray(
        numbers, new NumberField(kind, 0, bytesOfNumber, order), (int) shape[0]);
  }

  int size() {
    return size;
  }

  int y(int event) {
    return NumpyDecoder.coordinate(number(event, 0));
  }

  int x(int event) {
    return NumpyDecoder.coordinate(number(event, 1));
  }

  long t(int event) {
    return number(event, 2);
  }

  private long number(int event, int column) {
    return field.read(bytes, (event * COLUMNS + column) * field.size());
  }
}
