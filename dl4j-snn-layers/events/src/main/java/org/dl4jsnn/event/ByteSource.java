package org.dl4jsnn.event;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.dl4jsnn.internal.io.RegularFiles;

/**
 * The bytes of a file or stream, read forwards through a buffer of fixed size, record by record,
 * and unpacked if the file is gzipped. For error messages it knows where the record began, in
 * unpacked bytes.
 */
final class ByteSource implements Closeable {

  /** Numbers in byte arrays; call as {@code (int) LITTLE_INT.get(bytes, index)}. */
  static final VarHandle LITTLE_SHORT = numbers(short[].class, ByteOrder.LITTLE_ENDIAN);

  static final VarHandle LITTLE_INT = numbers(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LITTLE_LONG = numbers(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle BIG_INT = numbers(int[].class, ByteOrder.BIG_ENDIAN);
  static final VarHandle BIG_LONG = numbers(long[].class, ByteOrder.BIG_ENDIAN);

  /** The start of a gzipped file: two magic bytes and the only compression method. */
  static final String GZIP = "\u001F\u008B\b";

  /** The furthest look-ahead. */
  static final int BUFFER = 1 << 16;

  /** The bytes that may be read as one number after the last byte. */
  private static final int SLACK = Long.BYTES;

  private final Path file;
  private final ReadableByteChannel channel;

  /** The file's size when it was opened; the largest number if unknown: compressed, or a stream. */
  private final long size;

  private final byte[] buffer = new byte[BUFFER + SLACK];
  private long bufferStart;
  private int position;
  private int limit;
  private boolean atEnd;
  private long recordStart;

  private static VarHandle numbers(Class<?> array, ByteOrder order) {
    return MethodHandles.byteArrayViewVarHandle(array, order);
  }

  ByteSource(Path file) throws IOException {
    this.file = file;
    // A pipe or a device might never end.
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      throw new EventFormatException(
          file, 0, "it must be a file, got something else: " + RegularFiles.whyNot(file));
    }
    SeekableByteChannel bytes = Files.newByteChannel(file);
    try {
      boolean packed = isGzip(bytes);
      channel =
          packed
              ? Channels.newChannel(new GZIPInputStream(Channels.newInputStream(bytes), BUFFER))
              : bytes;
      size = packed ? Long.MAX_VALUE : bytes.size();
    } catch (IOException e) {
      bytes.close();
      throw e instanceof EOFException || e instanceof ZipException ? damagedGzip(e) : e;
    }
  }

  /** Whether a file is compressed; leaves it at its start. */
  private static boolean isGzip(SeekableByteChannel file) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(GZIP.length());
    while (start.hasRemaining() && file.read(start) >= 0) {
      // A channel may read less than asked for.
    }
    file.position(0);
    return !start.hasRemaining()
        && GZIP.equals(new String(start.array(), StandardCharsets.ISO_8859_1));
  }

  /** A stream, which may never end. Its name stands in messages where a file's path does. */
  ByteSource(InputStream stream, Path name) {
    file = name;
    channel = Channels.newChannel(stream);
    size = Long.MAX_VALUE;
  }

  /** Starts a record; false if the file has only {@link #buffered} of its bytes. */
  boolean begin(int bytes) throws IOException {
    if (limit - position < bytes) {
      refill(bytes);
    }
    recordStart = bufferStart + position;
    return limit - position >= bytes;
  }

  private void refill(int bytes) throws IOException {
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    bufferStart += position;
    limit -= position;
    position = 0;
    while (limit < bytes && !atEnd) {
      int read = read(ByteBuffer.wrap(buffer, limit, BUFFER - limit));
      if (read < 0) {
        return;
      }
      limit += read;
    }
  }

  private int read(ByteBuffer free) throws IOException {
    try {
      return channel.read(free);
    } catch (EOFException | ZipException e) {
      throw damagedGzip(e);
    }
  }

  private EventFormatException damagedGzip(IOException e) {
    String found = e.getMessage() == null ? "its end" : e.getMessage();
    return failureAt(
        bufferStart + limit,
        "the gzip stream must be whole, got: "
            + found
            + ". Possible cause: a truncated or damaged file");
  }

  /** The buffer; the next {@link #buffered} bytes start at {@link #position}. */
  byte[] buffer() {
    return buffer;
  }

  int position() {
    return position;
  }

  int buffered() {
    return limit - position;
  }

  /** Continues at a position of the buffer. */
  void moveTo(int next) {
    position = next;
  }

  int unsignedByte() {
    return buffer[position++] & 0xFF;
  }

  int littleEndianShort() {
    int value = (short) LITTLE_SHORT.get(buffer, position) & 0xFFFF;
    position += Short.BYTES;
    return value;
  }

  int littleEndianInt() {
    int value = (int) LITTLE_INT.get(buffer, position);
    position += Integer.BYTES;
    return value;
  }

  int bigEndianInt() {
    int value = (int) BIG_INT.get(buffer, position);
    position += Integer.BYTES;
    return value;
  }

  /** A byte ahead, which stays unread; -1 past the end. */
  int peek(int ahead) throws IOException {
    if (limit - position <= ahead) {
      refill(ahead + 1);
    }
    return position + ahead < limit ? buffer[position + ahead] & 0xFF : -1;
  }

  /** Whether the next bytes, which stay unread, are a text of Latin-1 from a byte ahead on. */
  boolean startsWith(int ahead, String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      if (peek(ahead + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Skips bytes; returns how many there were. */
  long skip(long bytes) throws IOException {
    long left = bytes;
    while (left > 0 && peek(0) >= 0) {
      int now = (int) Math.min(left, limit - position);
      position += now;
      left -= now;
    }
    return bytes - left;
  }

  /** Appends bytes from the file; returns how many there were. */
  int read(int bytes, GrowingBytes to) throws IOException {
    int left = bytes;
    while (left > 0 && peek(0) >= 0) {
      int now = Math.min(left, limit - position);
      to.add(buffer, position, now);
      position += now;
      left -= now;
    }
    return bytes - left;
  }

  /** Where the next byte is. */
  long offset() {
    return bufferStart + position;
  }

  Path file() {
    return file;
  }

  /** Whether the file is compressed by gzip. */
  boolean isPacked() {
    return size == Long.MAX_VALUE;
  }

  /** Hands the file to code that does not read it from front to back. */
  void moveToEnd() {
    bufferStart = size;
    position = 0;
    limit = 0;
    atEnd = true;
  }

  /** Where the current record began. */
  long recordStart() {
    return recordStart;
  }

  /** The bytes left of those the file had when it was opened; 0 if unknown. */
  long rest() {
    return size == Long.MAX_VALUE ? 0 : Math.max(0, size - offset());
  }

  /** Whether bytes are left of those the file had when it was opened. */
  boolean hasMore() {
    if (size < Long.MAX_VALUE) {
      return offset() < size;
    }
    try {
      return peek(0) >= 0;
    } catch (IOException e) {
      // A damaged remainder still counts as more bytes.
      return true;
    }
  }

  /** The exception for a record that breaks a rule. */
  EventFormatException failure(String problem) {
    return failureAt(recordStart, problem);
  }

  /**
   * The exception for a record that breaks a rule: what was found instead, and the likely cause.
   */
  EventFormatException failure(String rule, Object found, String cause) {
    return failureAt(recordStart, rule, found, cause);
  }

  EventFormatException failure(String rule, Object found, String cause, Throwable thrown) {
    return failureAt(recordStart, problem(rule, found, cause), thrown);
  }

  /** The exception for a file that must not end here. */
  EventFormatException failureHere(String rule, Object found, String cause) {
    return failureAt(offset(), rule, found, cause);
  }

  EventFormatException failureAt(long offset, String rule, Object found, String cause) {
    return failureAt(offset, problem(rule, found, cause));
  }

  private static String problem(String rule, Object found, String cause) {
    return rule + ", got " + found + ". Possible cause: " + cause;
  }

  EventFormatException failureAt(long offset, String problem, Throwable thrown) {
    EventFormatException failure = failureAt(offset, problem);
    failure.initCause(thrown);
    return failure;
  }

  EventFormatException failureAt(long offset, String problem) {
    return new EventFormatException(file, offset, problem);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
