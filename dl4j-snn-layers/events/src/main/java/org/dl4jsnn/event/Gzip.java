package org.dl4jsnn.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.GZIPInputStream;

/** Gzipped files. */
final class Gzip {

  /** The start of a file: two magic bytes and the only compression method. */
  private static final int[] START = {0x1F, 0x8B, 8};

  private static final int BUFFER = 1 << 16;

  private Gzip() {}

  /** Whether a file is compressed; leaves it at its start. */
  static boolean isAtStart(SeekableByteChannel file) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(START.length);
    while (start.hasRemaining() && file.read(start) >= 0) {
      // A channel may read less than asked for.
    }
    file.position(0);
    return !start.hasRemaining() && isStart(start.array());
  }

  /** Whether at least three bytes are those that a compressed file begins with. */
  static boolean isStart(byte[] bytes) {
    for (int i = 0; i < START.length; i++) {
      if ((bytes[i] & 0xFF) != START[i]) {
        return false;
      }
    }
    return true;
  }

  /** The unpacked content of a file; closing it closes the file. */
  static ReadableByteChannel unpacked(SeekableByteChannel file) throws IOException {
    return Channels.newChannel(new GZIPInputStream(Channels.newInputStream(file), BUFFER));
  }
}
