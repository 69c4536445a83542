package org.dl4jsnn.internal.io;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * A buffer of bytes that grows as they arrive, up to a limit, so that a size that a file only
 * claims costs nothing. Can be reused after {@link #clear()}.
 */
public final class GrowingBytes {

  private static final int FIRST_CAPACITY = 1 << 12;

  private final int largest;
  private byte[] bytes = new byte[0];
  private int size;

  /**
   * An empty buffer.
   *
   * @param largest the largest number of bytes
   */
  public GrowingBytes(int largest) {
    this.largest = largest;
  }

  /** Removes the bytes, but keeps their memory. */
  public void clear() {
    size = 0;
  }

  /**
   * The bytes.
   *
   * @return an array whose first {@link #size()} elements are the bytes, until more are added
   */
  public byte[] array() {
    return bytes;
  }

  /**
   * The number of bytes.
   *
   * @return how many there are
   */
  public int size() {
    return size;
  }

  /**
   * Makes room after the bytes.
   *
   * @param more the number of bytes to be added
   * @throws ZipException if they would be too many
   */
  void makeRoom(int more) throws ZipException {
    if (more > largest - size) {
      throw new ZipException("more than " + largest + " bytes");
    }
    if (more > bytes.length - size) {
      long doubled = Math.max(FIRST_CAPACITY, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.min(largest, Math.max(doubled, size + more)));
    }
  }

  /** Counts bytes that were written after the others. */
  void added(int more) {
    size += more;
  }

  /**
   * Adds bytes.
   *
   * @param from an array that holds them
   * @param offset index of the first
   * @param length their number
   * @throws ZipException if they would be too many
   */
  public void add(byte[] from, int offset, int length) throws ZipException {
    makeRoom(length);
    System.arraycopy(from, offset, bytes, size, length);
    size += length;
  }

  /**
   * Adds all bytes of a stream.
   *
   * @param in the stream, which stays open
   * @throws ZipException if they would be too many
   * @throws IOException if they cannot be read
   */
  public void addAll(InputStream in) throws IOException {
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
