package org.dl4jsnn.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * The record at the end of a zip archive, which states the size of its directory. Java allocates
 * memory of that size, so the record is checked first.
 *
 * <pre>
 *  signature, disks, entries, entries, bytes of the directory, its place, length of the comment, comment
 *  4          4      2        2        4                       4          2
 * </pre>
 */
final class ZipEnd {

  private static final int SIGNATURE = 0x06054b50;
  private static final int ZIP64_LOCATOR = 0x07064b50;
  private static final int ZIP64_LOCATOR_BYTES = 20;
  private static final int BYTES = 22;
  private static final int LONGEST_COMMENT = 0xffff;

  /** Room for {@link #MOST_ENTRIES} with names far longer than those of a model. */
  private static final int LARGEST_DIRECTORY = 1 << 20;

  /** A model has two or three entries, plus a few of its user's. */
  static final int MOST_ENTRIES = 100;

  private ZipEnd() {}

  /** Messages of exceptions state the broken rule and begin with "it". */
  static void check(Path file) throws IOException {
    ByteBuffer tail = tail(file);
    int end = end(tail);
    int entries = Short.toUnsignedInt(tail.getShort(end + 10));
    if (entries > MOST_ENTRIES) {
      throw new IOException("it must have at most " + MOST_ENTRIES + " entries, got " + entries);
    }
    long directory = Integer.toUnsignedLong(tail.getInt(end + 12));
    if (directory > LARGEST_DIRECTORY) {
      throw new IOException(
          "its directory must have at most " + LARGEST_DIRECTORY + " bytes, got " + directory);
    }
    int locator = end - ZIP64_LOCATOR_BYTES;
    if (tail.getInt(end + 16) == -1 || locator >= 0 && tail.getInt(locator) == ZIP64_LOCATOR) {
      throw new IOException("it must be a zip archive of less than 4 GiB, got one of zip64");
    }
  }

  private static ByteBuffer tail(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file)) {
      long size = in.size();
      int length = (int) Math.min(size, ZIP64_LOCATOR_BYTES + BYTES + LONGEST_COMMENT);
      ByteBuffer tail = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
      for (int read = 0; read >= 0 && tail.hasRemaining(); ) {
        read = in.read(tail, size - length + tail.position());
      }
      return tail.flip();
    }
  }

  /** Like Java, takes the last signature whose comment ends with the file. */
  private static int end(ByteBuffer tail) throws IOException {
    int end = tail.limit() - BYTES;
    while (end >= 0 && tail.getInt(end) != SIGNATURE) {
      end--;
    }
    if (end < 0) {
      throw new IOException("it must be a zip archive, got no record at its end");
    }
    int comment = Short.toUnsignedInt(tail.getShort(end + 20));
    if (end + BYTES + comment != tail.limit()) {
      throw new IOException(
          "it must be a zip archive that ends with its comment, got data after it");
    }
    return end;
  }
}
