package org.dl4jsnn.internal.idx;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.io.RegularFiles;
import org.dl4jsnn.internal.io.SizedFiles;

/**
 * An IDX file of unsigned bytes. Whether it is gzipped, its content says: names are often wrong.
 *
 * @param name what messages call it
 * @param sizes those of the axes: [items], or [items, rows, columns]
 * @param values in C order
 */
record IdxFile(String name, int[] sizes, byte[] values) {

  /** The number that begins a file of unsigned bytes, plus the number of axes. */
  private static final int UNSIGNED_BYTES = 0x0800;

  private static final int BUFFER = 1 << 16;

  /**
   * A file on disk.
   *
   * @throws IOException if it is not one of these, or larger than {@link SizedFiles#DATA} or the
   *     property says, or cannot be read
   */
  static IdxFile read(Path file, int axes) throws IOException {
    RegularFiles.requireNoFolder(file);
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString(), axes);
    }
  }

  /** The same from a stream, which stays open. */
  static IdxFile read(InputStream in, String name, int axes) throws IOException {
    BufferedInputStream packed = new BufferedInputStream(in, BUFFER);
    packed.mark(2);
    boolean gzipped = packed.read() == 0x1f && packed.read() == 0x8b;
    packed.reset();
    try {
      return unpacked(gzipped ? new GZIPInputStream(packed, BUFFER) : packed, name, axes);
    } catch (EOFException | ZipException e) {
      // The class, too: an early end has no message.
      throw wrong(
          "%s must unpack to its end, got %s. Possible cause: an incomplete download", name, e);
    }
  }

  private static IdxFile unpacked(InputStream in, String name, int axes) throws IOException {
    int length = Integer.BYTES * (1 + axes);
    ByteBuffer header = ByteBuffer.wrap(in.readNBytes(length));
    int magic = UNSIGNED_BYTES + axes;
    if (header.remaining() >= Integer.BYTES && header.getInt(0) != magic) {
      throw wrong(
          "%s must begin with the number %s, got %s. Possible cause: images in place of labels or"
              + " the other way round, or another kind of file",
          name, magic, header.getInt(0));
    }
    if (header.remaining() < length) {
      throw wrong(
          "%s must begin with a header of %s bytes, got %s. Possible cause: an incomplete download",
          name, length, header.remaining());
    }
    header.getInt();
    int[] sizes = new int[axes];
    for (int axis = 0; axis < axes; axis++) {
      sizes[axis] = header.getInt();
      if (sizes[axis] < 1) {
        throw wrong(
            "%s must have sizes from 1 to %s in its header, got %s. Possible cause: a damaged file",
            name, Integer.MAX_VALUE, Integer.toUnsignedString(sizes[axis]));
      }
    }
    long bytes = Require.product(sizes);
    SizedFiles.requireData(name, bytes, Arrays.toString(sizes));
    // Grows with what arrives: the header may promise anything below the limit.
    byte[] values = in.readNBytes((int) bytes);
    boolean longer = in.read() >= 0;
    if (values.length < bytes || longer) {
      throw wrong(
          "%s must be %s bytes long unpacked, as its header %s says, got %s. Possible cause: an"
              + " incomplete download, or a damaged file",
          name,
          length + bytes,
          Arrays.toString(sizes),
          longer ? length + bytes + 1 + " or more" : length + values.length);
    }
    return new IdxFile(name, sizes, values);
  }

  /** A refusal whose message is formatted, the same in every country. */
  static IOException wrong(String format, Object... values) {
    return new IOException(String.format(Locale.ROOT, format, values));
  }
}
