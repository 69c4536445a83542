package org.dl4jsnn.internal.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.ZipException;

/**
 * Frames of LZ4: a descriptor, then blocks, each of which may refer to those before it (Collet, LZ4
 * Frame Format Description 1.6.4). Checksums are checked if a frame has them.
 */
public final class Lz4Frame {

  private static final int MAGIC = 0x184D2204;
  private static final int VERSION = 1;

  /** A bit of the flags. */
  private static final int BLOCK_CHECKSUMS = 1 << 4;

  private static final int INDEPENDENT = 1 << 5;
  private static final int CONTENT_SIZE = 1 << 3;
  private static final int CONTENT_CHECKSUM = 1 << 2;
  private static final int DICTIONARY = 1;

  /** The code of blocks of at most 4 MiB, in the byte after the flags. */
  private static final int LARGEST_BLOCK_CODE = 7;

  /**
   * The largest size in bytes of a block, before it is packed, in the frames that {@link #pack}
   * makes.
   */
  public static final int LARGEST_BLOCK = 1 << 22;

  /** The bit that says that a block is not packed. */
  private static final int NOT_PACKED = 1 << 31;

  /** Magic, two bytes of descriptor, its checksum, and the mark of the end. */
  private static final int BYTES_AROUND = 4 + 3 + 4;

  private final ByteBuffer in;
  private final GrowingBytes unpacked;

  private Lz4Frame(ByteBuffer in, GrowingBytes unpacked) {
    this.in = in;
    this.unpacked = unpacked;
  }

  /**
   * Unpacks one frame.
   *
   * @param packed an array whose first bytes are the frame
   * @param size their number
   * @param unpacked where the content goes, cleared before
   * @throws ZipException if they are not a frame, if the frame is damaged, or if the content
   *     exceeds the buffer's limit
   */
  public static void unpack(byte[] packed, int size, GrowingBytes unpacked) throws ZipException {
    unpacked.clear();
    ByteBuffer in = ByteBuffer.wrap(packed, 0, size).order(ByteOrder.LITTLE_ENDIAN);
    new Lz4Frame(in, unpacked).unpack();
    if (in.hasRemaining()) {
      throw new ZipException(in.remaining() + " bytes after an LZ4 frame");
    }
  }

  private void unpack() throws ZipException {
    if (number() != MAGIC) {
      throw new ZipException("no LZ4 frame");
    }
    int descriptor = in.position();
    int flags = next();
    final int largestBlock = largestBlock(next());
    if (flags >>> 6 != VERSION || (flags & DICTIONARY) != 0) {
      throw new ZipException("an LZ4 frame of another version, or with a dictionary");
    }
    long contentSize = (flags & CONTENT_SIZE) == 0 ? -1 : longNumber();
    int checksum = XxHash32.of(in.array(), descriptor, in.position()) >>> 8 & 0xFF;
    require(next() == checksum, "descriptor");
    for (int block = number(); block != 0; block = number()) {
      unpack(block, largestBlock, flags);
    }
    if ((flags & CONTENT_CHECKSUM) != 0) {
      require(number() == XxHash32.of(unpacked.array(), 0, unpacked.size()), "content");
    }
    if (contentSize >= 0 && contentSize != unpacked.size()) {
      throw new ZipException(unpacked.size() + " bytes where " + contentSize + " were promised");
    }
  }

  /** Four steps of four from 64 KiB on. */
  private static int largestBlock(int code) throws ZipException {
    int step = code >>> 4 & 7;
    if (step < 4) {
      throw new ZipException("LZ4 blocks of size " + step);
    }
    return 1 << 2 * step + 8;
  }

  private void unpack(int block, int largest, int flags) throws ZipException {
    int length = block & ~NOT_PACKED;
    if (length > largest || length > in.remaining()) {
      throw new ZipException("an LZ4 block of " + length + " bytes");
    }
    int from = in.position();
    int to = from + length;
    in.position(to);
    if ((flags & BLOCK_CHECKSUMS) != 0) {
      require(number() == XxHash32.of(in.array(), from, to), "block");
    }
    int before = unpacked.size();
    if (block < 0) {
      unpacked.add(in.array(), from, length);
    } else {
      Lz4Block.unpack(in.array(), from, to, unpacked);
    }
    if (unpacked.size() - before > largest) {
      throw new ZipException("an LZ4 block of more than " + largest + " bytes");
    }
  }

  private static void require(boolean checksumHolds, String part) throws ZipException {
    if (!checksumHolds) {
      throw new ZipException("a wrong checksum of the LZ4 " + part);
    }
  }

  private int next() throws ZipException {
    has(Byte.BYTES);
    return in.get() & 0xFF;
  }

  private int number() throws ZipException {
    has(Integer.BYTES);
    return in.getInt();
  }

  private long longNumber() throws ZipException {
    has(Long.BYTES);
    return in.getLong();
  }

  private void has(int bytes) throws ZipException {
    if (in.remaining() < bytes) {
      throw new ZipException("an LZ4 frame that does not end");
    }
  }

  /** Packs a block, for instance with a library. */
  @FunctionalInterface
  public interface BlockPacker {

    /**
     * Packs a block.
     *
     * @param bytes the array that holds it
     * @param from index of its first byte
     * @param to index after its last byte
     * @param packed receives the packed block, from the first element on
     * @return the number of bytes written to {@code packed}
     */
    int pack(byte[] bytes, int from, int to, byte[] packed);
  }

  /**
   * Packs bytes into a frame of independent blocks, without checksums except that of the
   * descriptor.
   *
   * @param bytes what to pack
   * @param packer packs the blocks
   * @param room the largest size of a packed block, in bytes
   * @return the frame
   */
  public static ByteBuffer pack(byte[] bytes, BlockPacker packer, int room) {
    int blocks = (bytes.length + LARGEST_BLOCK - 1) / LARGEST_BLOCK;
    ByteBuffer frame =
        ByteBuffer.allocate(BYTES_AROUND + blocks * Integer.BYTES + bytes.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(MAGIC).put((byte) (VERSION << 6 | INDEPENDENT));
    frame.put((byte) (LARGEST_BLOCK_CODE << 4));
    frame.put((byte) (XxHash32.of(frame.array(), Integer.BYTES, frame.position()) >>> 8));
    byte[] packed = new byte[room];
    for (int from = 0; from < bytes.length; from += LARGEST_BLOCK) {
      int to = Math.min(bytes.length, from + LARGEST_BLOCK);
      int size = packer.pack(bytes, from, to, packed);
      if (size < to - from) {
        frame.putInt(size).put(packed, 0, size);
      } else {
        frame.putInt(to - from | NOT_PACKED).put(bytes, from, to - from);
      }
    }
    return frame.putInt(0).flip();
  }
}
