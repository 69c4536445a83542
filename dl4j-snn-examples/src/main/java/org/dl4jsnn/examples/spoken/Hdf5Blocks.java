package org.dl4jsnn.examples.spoken;

import io.jhdf.checksum.ChecksumUtils;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The blocks of an HDF5 file in order; the first is the superblock, which is made last because it
 * holds the end of the file. (HDF5 File Format Specification, version 3.0, superblock of version
 * 2.)
 */
final class Hdf5Blocks {

  /** The undefined address. */
  static final long NOWHERE = -1;

  private static final int SUPERBLOCK = 48;
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final int ALIGNMENT = 8;

  private final List<byte[]> blocks = new ArrayList<>();
  private long end = SUPERBLOCK;

  /** A buffer in HDF5's byte order. */
  static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The next valid block length. */
  static int aligned(int size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** The ASCII letters of a name. */
  static byte[] letters(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  /** Writes the checksum of all preceding bytes into the last four bytes. */
  static void seal(ByteBuffer block) {
    int content = block.capacity() - Integer.BYTES;
    block.putInt(content, ChecksumUtils.checksum(Arrays.copyOf(block.array(), content)));
  }

  /** Adds a block; returns its address. */
  long add(ByteBuffer block) {
    long address = end;
    byte[] bytes = block.array();
    blocks.add(bytes.length % ALIGNMENT == 0 ? bytes : Arrays.copyOf(bytes, aligned(bytes.length)));
    end += aligned(bytes.length);
    return address;
  }

  /**
   * Writes the file.
   *
   * @param root the address of the root group
   */
  void writeTo(OutputStream out, long root) throws IOException {
    ByteBuffer superblock = buffer(SUPERBLOCK);
    superblock.put(SIGNATURE);
    superblock.put((byte) 2).put((byte) Long.BYTES).put((byte) Long.BYTES).put((byte) 0);
    superblock.putLong(0).putLong(NOWHERE).putLong(end).putLong(root);
    seal(superblock);
    out.write(superblock.array());
    for (byte[] block : blocks) {
      out.write(block);
    }
  }
}
