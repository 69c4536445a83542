package org.dl4jsnn.event;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * A buffer of bytes that grows as they arrive, up to a limit, so that a size that a file only
 * claims costs nothing. Can be reused after {@link #clear()}.
 */
final class GrowingBytes {

  private static final int FIRST_CAPACITY = 1 << 12;

  private final int largest;
  private byte[] bytes = new byte[0];
  private int size;

  /** An empty buffer of a number of bytes at most. */
  GrowingBytes(int largest) {
    this.largest = largest;
  }

  /** Removes the bytes, but keeps their memory. */
  void clear() {
    size = 0;
  }

  /** {@return an array whose first {@link #size()} elements are the bytes, until more are added} */
  byte[] array() {
    return bytes;
  }

  int size() {
    return size;
  }

  /** Makes room after the bytes, to be written into the array and then {@link #added}. */
  void makeRoom(int more) {
    if (more > bytes.length - size) {
      int doubled = (int) Math.min(largest, Math.max(FIRST_CAPACITY, 2L * bytes.length));
      bytes = Arrays.copyOf(bytes, Math.max(doubled, size + more));
    }
  }

  /** Counts bytes that were written after the others; too many are a {@link ZipException}. */
  void added(int more) throws ZipException {
    requireRoom(more);
    size += more;
  }

  private void requireRoom(int more) throws ZipException {
    if (more > largest - size) {
      throw new ZipException("more than " + largest + " bytes");
    }
  }

  /** Adds bytes of an array. */
  void add(byte[] from, int offset, int length) throws ZipException {
    requireRoom(length);
    makeRoom(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  /** Adds all bytes of a stream, which stays open. */
  void addAll(InputStream in) throws IOException {
    while (true) {
      makeRoom(size == bytes.length && size < largest ? 1 : 0);
      if (size == bytes.length) {
        if (in.read() >= 0) {
          throw new ZipException("more than " + largest + " bytes");
        }
        return;
      }
      int read = in.read(bytes, size, bytes.length - size);
      if (read < 0) {
        return;
      }
      size += read;
    }
  }
}
