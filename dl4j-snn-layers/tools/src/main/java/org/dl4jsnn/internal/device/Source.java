package org.dl4jsnn.internal.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** C arrays and structures as text, with the bytes that they take. */
final class Source {

  private static final int MOST_COLUMNS = 100;

  private final StringBuilder text = new StringBuilder();

  /** Arrays by their definition, so that equal ones are written once. */
  private final Map<String, String> arrays = new LinkedHashMap<>();

  private long bytes;

  /** The text so far. */
  String text() {
    return text.toString();
  }

  /** The bytes of the arrays so far. */
  long bytes() {
    return bytes;
  }

  /** The same text in all languages. */
  static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Adds text. */
  Source add(String format, Object... values) {
    text.append(format(format, values));
    return this;
  }

  /**
   * Adds a constant array.
   *
   * @param bits of a value: 8, 16 or 32
   * @return its name, or that of an equal one
   */
  String array(String name, int bits, int[] values) {
    String body = body(values);
    String known = arrays.get(bits + body);
    if (known != null) {
      return known;
    }
    add("static const int%d_t %s[%d] = {\n%s};\n", bits, name, values.length, body);
    bytes += (long) values.length * bits / Byte.SIZE;
    arrays.put(bits + body, name);
    return name;
  }

  private static String body(int[] values) {
    StringBuilder body = new StringBuilder();
    StringBuilder line = new StringBuilder(" ");
    for (int value : values) {
      String next = " " + (value == Integer.MIN_VALUE ? "INT32_MIN" : value) + ",";
      if (line.length() + next.length() > MOST_COLUMNS) {
        body.append(line).append('\n');
        line = new StringBuilder(" ");
      }
      line.append(next);
    }
    return body.append(line).append('\n').toString();
  }

  /** Numbers of channels as {@code snn_numbers}. */
  String numbers(String name, int[] values) {
    return format("{%s, %d}", array(name, Integer.SIZE, values), values.length == 1 ? 0 : 1);
  }

  /** Weights as {@code snn_weights}: bytes if they fit, else two bytes each. */
  String weights(String name, int[] values) {
    int bytes = bytesOf(values);
    return format("{%s, %d}", array(name, bytes * Byte.SIZE, values), bytes);
  }

  static int bytesOf(int[] values) {
    for (int value : values) {
      if (value != (byte) value) {
        return Short.BYTES;
      }
    }
    return Byte.BYTES;
  }

  /** A structure's fields that are not zero, in order. */
  static final class Fields {

    private final List<String> fields = new ArrayList<>();

    Fields with(String name, Object value) {
      if (value != null && !"0".equals(value.toString())) {
        fields.add("." + name + " = " + value);
      }
      return this;
    }

    /** The structure, its fields on lines of their own. */
    String lines(String indent) {
      StringJoiner joined = new StringJoiner(",\n" + indent + "  ", indent + "{", "}");
      fields.forEach(joined::add);
      return joined.toString();
    }
  }
}
