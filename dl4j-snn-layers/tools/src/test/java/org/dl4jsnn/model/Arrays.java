package org.dl4jsnn.model;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Arrays as files have them, with headers that may lie. */
final class Arrays {

  private static final String MODE = "MIXED_DATA_TYPES";
  static final long FLOAT = 8192;

  private Arrays() {}

  /** A vector that claims a length. */
  static byte[] vector(long length, float[] numbers) {
    return array(new long[] {1, length, 1, FLOAT, 1, 'c'}, length, "FLOAT", numbers);
  }

  static byte[] array(long[] shape, long length, String type, float[] numbers) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeUTF(MODE);
      out.writeLong(shape.length);
      out.writeUTF("LONG");
      for (long number : shape) {
        out.writeLong(number);
      }
      out.writeUTF(MODE);
      out.writeLong(length);
      out.writeUTF(type);
      for (float number : numbers) {
        out.writeFloat(number);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
