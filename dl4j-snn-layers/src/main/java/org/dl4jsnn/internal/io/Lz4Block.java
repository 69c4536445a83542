package org.dl4jsnn.internal.io;

import java.util.zip.ZipException;

/**
 * Blocks of LZ4: sequences of a token, literals, and a match that repeats what is at most 65,535
 * bytes back (Collet, LZ4 Block Format Description). A match may begin in an earlier block.
 */
final class Lz4Block {

  private static final int SHORTEST_MATCH = 4;

  /** A length of four bits that continues in the bytes after it. */
  private static final int CONTINUED = 15;

  private final byte[] packed;
  private final int end;
  private int at;

  private Lz4Block(byte[] packed, int from, int to) {
    this.packed = packed;
    at = from;
    end = to;
  }

  /**
   * Appends an unpacked block to the bytes that are there, to which its matches may refer.
   *
   * @throws ZipException if it is damaged, or would be too long
   */
  static void unpack(byte[] packed, int from, int to, GrowingBytes unpacked) throws ZipException {
    new Lz4Block(packed, from, to).unpack(unpacked);
  }

  private void unpack(GrowingBytes unpacked) throws ZipException {
    while (true) {
      int token = next();
      int literals = length(token >>> 4);
      if (literals > end - at) {
        throw new ZipException("literals beyond the end of an LZ4 block");
      }
      unpacked.add(packed, at, literals);
      at += literals;
      if (at == end) {
        return;
      }
      int back = next() | next() << Byte.SIZE;
      int length = length(token & CONTINUED) + SHORTEST_MATCH;
      if (back == 0 || back > unpacked.size()) {
        throw new ZipException("a match " + back + " bytes back after " + unpacked.size());
      }
      unpacked.makeRoom(length);
      repeat(unpacked.array(), unpacked.size(), back, length);
      unpacked.added(length);
    }
  }

  /** Copies a match, which may overlap with its own copy. */
  private static void repeat(byte[] bytes, int to, int back, int length) {
    if (back >= length) {
      System.arraycopy(bytes, to - back, bytes, to, length);
    } else {
      for (int i = to; i < to + length; i++) {
        bytes[i] = bytes[i - back];
      }
    }
  }

  private int length(int fourBits) throws ZipException {
    long length = fourBits;
    if (fourBits == CONTINUED) {
      int more;
      do {
        more = next();
        length += more;
      } while (more == 0xFF);
    }
    // No more than 255 a byte of the block, which is an array.
    return (int) Math.min(length, Integer.MAX_VALUE - SHORTEST_MATCH);
  }

  private int next() throws ZipException {
    if (at == end) {
      throw new ZipException("an LZ4 block that ends within a sequence");
    }
    return packed[at++] & 0xFF;
  }
}
