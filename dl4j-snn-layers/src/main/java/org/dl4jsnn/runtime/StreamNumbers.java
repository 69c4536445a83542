package org.dl4jsnn.runtime;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** Numbers in the state of a stream, each list in the smallest form that holds it exactly. */
final class StreamNumbers {

  /** Zeros and ones, eight in a byte. */
  private static final int BITS = 0;

  /** Single precision. */
  private static final int SINGLES = 1;

  /** Double precision. */
  private static final int DOUBLES = 2;

  /** The likely cause of layers or sizes that differ. */
  static final String OTHER_MODEL = "the state of another model";

  private StreamNumbers() {}

  static void write(double[] values, DataOutputStream out) throws IOException {
    int form = Arrays.stream(values).mapToInt(StreamNumbers::form).max().orElse(BITS);
    out.writeByte(form);
    out.writeInt(values.length);
    for (int i = 0; i < values.length; i++) {
      if (form == DOUBLES) {
        out.writeDouble(values[i]);
      } else if (form == SINGLES) {
        out.writeFloat((float) values[i]);
      } else if (i % Byte.SIZE == 0) {
        out.writeByte(eight(values, i));
      }
    }
  }

  /** The sign of a zero counts. */
  private static int form(double value) {
    if (value == 1 || Double.doubleToRawLongBits(value) == 0) {
      return BITS;
    }
    return (float) value == value ? SINGLES : DOUBLES;
  }

  private static int eight(double[] values, int first) {
    int bits = 0;
    for (int i = first; i < Math.min(values.length, first + Byte.SIZE); i++) {
      bits |= (int) values[i] << i - first;
    }
    return bits;
  }

  /** As many numbers as the model expects. */
  static double[] read(ModelBytes bytes, String name, long expected) throws ModelFormatException {
    long at = bytes.offset();
    double[] values = read(bytes, name);
    if (values.length != expected) {
      throw new ModelFormatException(
          at,
          name + " must be " + expected + " by the model's layers, got " + values.length,
          OTHER_MODEL);
    }
    return values;
  }

  /** Any number of numbers; memory is allocated after a check that enough bytes follow. */
  static double[] read(ModelBytes bytes, String name) throws ModelFormatException {
    int form = bytes.small("form of numbers", BITS, DOUBLES);
    int count = bytes.number("the number of " + name, 0, Integer.MAX_VALUE);
    if (form == DOUBLES) {
      return bytes.reals(name, count);
    }
    bytes.require(name, form == SINGLES ? (long) count * Float.BYTES : (count + 7L) / Byte.SIZE);
    double[] values = new double[count];
    int bits = 0;
    for (int i = 0; i < count; i++) {
      if (form == SINGLES) {
        values[i] = bytes.single(name);
      } else {
        bits = i % Byte.SIZE == 0 ? bytes.small(name, Byte.MIN_VALUE, Byte.MAX_VALUE) : bits >> 1;
        values[i] = bits & 1;
      }
    }
    return values;
  }
}
