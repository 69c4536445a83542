package org.dl4jsnn.internal.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads whole files into memory, or unpacks them, up to a size limit. Larger content is refused,
 * whatever size the file system or a header claims: a pipe has no size, and a file may grow.
 */
public final class SizedFiles {

  /** The property that raises {@link #TEXT}, in bytes. */
  public static final String TEXT_PROPERTY = "org.dl4jsnn.limit.text";

  /** The property that raises {@link #DATA}, in bytes. */
  public static final String DATA_PROPERTY = "org.dl4jsnn.limit.data";

  /** Limit for tables and logs in bytes: 64 MiB, a million lines of an ordinary table. */
  public static final long TEXT = 64L << 20;

  /** Limit for unpacked data files in bytes: 1 GiB, or 1.3 million images of 28 x 28. */
  public static final long DATA = 1L << 30;

  /** Bytes counted per line at least, since even an empty line costs memory. */
  private static final int BYTES_OF_SHORTEST_LINES = 16;

  /** The largest array that every JVM supports. */
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private SizedFiles() {}

  /**
   * The lines of a text in UTF-8.
   *
   * @throws IOException if it is larger than {@link #TEXT} or the property, has far too many lines,
   *     is not UTF-8, or cannot be read
   */
  public static List<String> lines(Path file) throws IOException {
    long most = limit(TEXT_PROPERTY, TEXT);
    byte[] bytes = bytes(file, most, TEXT_PROPERTY);
    long breaks = 0;
    byte before = 0;
    for (byte next : bytes) {
      boolean isBreak = next == '\r' || next == '\n' && before != '\r';
      breaks += isBreak ? 1 : 0;
      before = next;
    }
    if (breaks > most / BYTES_OF_SHORTEST_LINES) {
      throw new IOException(
          file
              + " must have at most "
              + most / BYTES_OF_SHORTEST_LINES
              + " lines, got "
              + breaks
              + "; "
              + raise(TEXT_PROPERTY));
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes))
          .toString()
          .lines()
          .toList();
    } catch (CharacterCodingException e) {
      throw new IOException(
          file
              + " must be a text in UTF-8, got other bytes. Possible cause: another kind of file,"
              + " or a table that a spreadsheet saved in another encoding than CSV UTF-8",
          e);
    }
  }

  /**
   * The bytes of a data file.
   *
   * @throws IOException if it has more than {@link #DATA} or the property, or cannot be read
   */
  public static byte[] data(Path file) throws IOException {
    return bytes(file, limit(DATA_PROPERTY, DATA), DATA_PROPERTY);
  }

  /**
   * The bytes of a file.
   *
   * @param property the property that raises the limit, for the message
   * @throws IOException if it has more, or cannot be read
   */
  static byte[] bytes(Path file, long most, String property) throws IOException {
    RegularFiles.requireNoFolder(file);
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      int readable = (int) Math.min(most, LARGEST);
      byte[] bytes = size > readable ? new byte[0] : in.readNBytes(readable);
      if (size > readable || in.read() >= 0) {
        long least = Math.max(size, bytes.length + 1L);
        throw tooLarge(file.toString(), least, " or more", most, property);
      }
      return bytes;
    }
  }

  /** A limit in bytes, unless the property has another. */
  private static long limit(String property, long otherwise) {
    String given = System.getProperty(property);
    if (given == null) {
      return otherwise;
    }
    try {
      long bytes = Long.parseLong(given);
      if (bytes > 0) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      throw wrongLimit(property, given);
    }
    throw wrongLimit(property, given);
  }

  private static IllegalArgumentException wrongLimit(String property, String given) {
    return new IllegalArgumentException(
        property + " must be a whole number of bytes above 0, got '" + given + "'");
  }

  /**
   * Refuses a size that a header claims, before memory is set aside for it.
   *
   * @param header what it says, for the message
   * @throws IOException if it is larger than {@link #DATA} or the property
   */
  public static void requireData(String name, long bytes, String header) throws IOException {
    long most = limit(DATA_PROPERTY, DATA);
    if (bytes > Math.min(most, LARGEST)) {
      String claim = " by its header " + header + ". Possible cause: a damaged file";
      throw tooLarge(name, bytes, claim, most, DATA_PROPERTY);
    }
  }

  private static IOException tooLarge(
      String name, long size, String how, long most, String property) {
    return new IOException(
        name
            + " must have at most "
            + (size > most ? most + " bytes" : LARGEST + " bytes (what an array of Java holds)")
            + ", got "
            + size
            + how
            + (size > most ? "; " + raise(property) : ""));
  }

  private static String raise(String property) {
    return "if intended, raise the limit with -D" + property + "=BYTES";
  }
}
