package org.dl4jsnn.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Puts a file's bytes together. */
final class Bytes {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Bytes text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  Bytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  Bytes bytes(int... values) {
    for (int value : values) {
      out.write(value);
    }
    return this;
  }

  Bytes little16(int... values) {
    for (int value : values) {
      bytes(value, value >> 8);
    }
    return this;
  }

  Bytes little32(long... values) {
    for (long value : values) {
      little16((int) value, (int) (value >> 16));
    }
    return this;
  }

  Bytes big32(long... values) {
    for (long value : values) {
      bytes((int) (value >> 24), (int) (value >> 16), (int) (value >> 8), (int) value);
    }
    return this;
  }

  byte[] toArray() {
    return out.toByteArray();
  }
}
