package org.dl4jsnn.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.ZipException;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Frames of LZ4: a descriptor, then blocks, each of which may repeat what is at most 65,535 bytes
 * back, also in the blocks before it (Collet, LZ4 Frame Format Description 1.6.4). Checksums are
 * checked if a frame has them. The library lz4-java unpacks and packs the blocks; its own frames
 * cannot have blocks that refer to others, as those of iniVation's recorder do.
 */
final class Lz4Frame {

  /** The library's implementations that check every access, in Java. */
  private static final LZ4SafeDecompressor UNPACKER = LZ4Factory.safeInstance().safeDecompressor();

  private static final LZ4Compressor PACKER = LZ4Factory.safeInstance().fastCompressor();
  private static final XXHash32 HASH = XXHashFactory.safeInstance().hash32();

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

  /** The largest size in bytes of a block, before it is packed, in the frames of {@link #pack}. */
  static final int LARGEST_BLOCK = 1 << 22;

  /** The bit that says that a block is not packed. */
  private static final int NOT_PACKED = 1 << 31;

  /** How far back a block may refer, in bytes. */
  private static final int WINDOW = (1 << 16) - 1;

  /** A length of four bits that continues in the bytes after it, each of which adds this much. */
  private static final int CONTINUED = 15;

  private static final int MOST_OF_A_BYTE = 255;

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
  static void unpack(byte[] packed, int size, GrowingBytes unpacked) throws ZipException {
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
    int checksum = hash(in.array(), descriptor, in.position()) >>> 8 & 0xFF;
    require(next() == checksum, "descriptor");
    for (int block = number(); block != 0; block = number()) {
      unpack(block, largestBlock, flags);
    }
    if ((flags & CONTENT_CHECKSUM) != 0) {
      require(number() == hash(unpacked.array(), 0, unpacked.size()), "content");
    }
    if (contentSize >= 0 && contentSize != unpacked.size()) {
      throw new ZipException(unpacked.size() + " bytes where " + contentSize + " were promised");
    }
  }

  private static int hash(byte[] bytes, int from, int to) {
    return HASH.hash(bytes, from, to - from, 0);
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
      require(number() == hash(in.array(), from, to), "block");
    }
    if (block < 0) {
      unpacked.add(in.array(), from, length);
      return;
    }
    // A byte of a block stands for at most 255, so a size that is only claimed costs nothing.
    int room = (int) Math.min(largest, (long) MOST_OF_A_BYTE * length);
    int window = (flags & INDEPENDENT) != 0 ? 0 : Math.min(unpacked.size(), WINDOW);
    ByteBuffer sequences =
        window == 0 ? ByteBuffer.wrap(in.array(), from, length) : afterWindow(window, from, to);
    unpacked.makeRoom(room);
    unpacked.added(unpack(sequences, unpacked.size() - window, window + room) - window);
  }

  /** Unpacks a block to a place among the content; returns its length. */
  private int unpack(ByteBuffer block, int at, int room) throws ZipException {
    try {
      return UNPACKER.decompress(
          block.array(), block.position(), block.remaining(), unpacked.array(), at, room);
    } catch (LZ4Exception e) {
      ZipException damage = new ZipException("an LZ4 block that is damaged or too long");
      damage.initCause(e);
      throw damage;
    }
  }

  /**
   * A block together with the content before it, to which its matches may refer: that content
   * becomes further literals of the block's first sequence, and is unpacked onto itself.
   */
  private ByteBuffer afterWindow(int window, int from, int to) throws ZipException {
    byte[] packed = in.array();
    int at = from + 1;
    int literals = (packed[from] & 0xFF) >>> 4;
    if (literals == CONTINUED) {
      int more;
      do {
        if (at == to) {
          throw new ZipException("an LZ4 block that ends within a length");
        }
        more = packed[at++] & 0xFF;
        literals += more;
      } while (more == MOST_OF_A_BYTE);
    }
    if (literals > to - at) {
      throw new ZipException("literals beyond the end of an LZ4 block");
    }
    literals += window;
    ByteBuffer joined = ByteBuffer.allocate(literals / MOST_OF_A_BYTE + 2 + window + to - at);
    joined.put((byte) (Math.min(literals, CONTINUED) << 4 | packed[from] & CONTINUED));
    for (int rest = literals - CONTINUED; rest >= 0; rest -= MOST_OF_A_BYTE) {
      joined.put((byte) Math.min(rest, MOST_OF_A_BYTE));
    }
    joined.put(unpacked.array(), unpacked.size() - window, window).put(packed, at, to - at);
    return joined.flip();
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

  /**
   * Packs bytes into a frame of independent blocks, without checksums except that of the
   * descriptor.
   *
   * @param bytes what to pack
   * @return the frame
   */
  static ByteBuffer pack(byte[] bytes) {
    int blocks = (bytes.length + LARGEST_BLOCK - 1) / LARGEST_BLOCK;
    ByteBuffer frame =
        ByteBuffer.allocate(BYTES_AROUND + blocks * Integer.BYTES + bytes.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    frame.putInt(MAGIC).put((byte) (VERSION << 6 | INDEPENDENT));
    frame.put((byte) (LARGEST_BLOCK_CODE << 4));
    frame.put((byte) (hash(frame.array(), Integer.BYTES, frame.position()) >>> 8));
    byte[] packed = new byte[PACKER.maxCompressedLength(Math.min(bytes.length, LARGEST_BLOCK))];
    for (int from = 0; from < bytes.length; from += LARGEST_BLOCK) {
      int length = Math.min(bytes.length - from, LARGEST_BLOCK);
      int size = PACKER.compress(bytes, from, length, packed, 0, packed.length);
      if (size < length) {
        frame.putInt(size).put(packed, 0, size);
      } else {
        frame.putInt(length | NOT_PACKED).put(bytes, from, length);
      }
    }
    return frame.putInt(0).flip();
  }
}
