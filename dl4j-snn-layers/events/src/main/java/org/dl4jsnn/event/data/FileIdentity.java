package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.zip.CRC32;

/**
 * Identifies a file's content without reading all of it. Size and modification time are not enough:
 * recordings of equal length have equal size, and copying and unpacking keep times.
 *
 * @param file its path, with all links followed
 * @param size in bytes
 * @param changed its modification time
 * @param sample a checksum of its start, middle and end
 */
record FileIdentity(Path file, long size, FileTime changed, long sample) {

  /** Bytes read at each of the three places: a block of most disks. */
  private static final int BLOCK = 1 << 12;

  static FileIdentity of(Path file) throws IOException {
    Path real = file.toRealPath();
    BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
    long size = attributes.size();
    return new FileIdentity(real, size, attributes.lastModifiedTime(), sample(real, size));
  }

  private static long sample(Path file, long size) throws IOException {
    CRC32 sum = new CRC32();
    ByteBuffer block = ByteBuffer.allocate(BLOCK);
    try (FileChannel channel = FileChannel.open(file)) {
      for (long place : new long[] {0, size / 2, Math.max(0, size - BLOCK)}) {
        block.clear();
        channel.read(block, place);
        sum.update(block.flip());
      }
    }
    return sum.getValue();
  }
}
