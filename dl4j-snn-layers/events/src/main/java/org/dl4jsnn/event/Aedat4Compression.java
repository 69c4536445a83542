package org.dl4jsnn.event;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/** The compression of the packets in an AEDAT 4 file, in the order of the format's codes. */
enum Aedat4Compression {
  NONE,
  LZ4,
  LZ4_HIGH,
  ZSTD,
  ZSTD_HIGH;

  /** Unpacks a packet into a room, which is cleared before; one that needs it stays as it is. */
  GrowingBytes unpacked(GrowingBytes packed, GrowingBytes room) throws IOException {
    switch (this) {
      case NONE -> {
        return packed;
      }
      case LZ4, LZ4_HIGH -> Lz4Frame.unpack(packed.array(), packed.size(), room);
      case ZSTD, ZSTD_HIGH -> unpackZstandard(packed, room);
    }
    return room;
  }

  private static void unpackZstandard(GrowingBytes packed, GrowingBytes unpacked)
      throws ZipException {
    unpacked.clear();
    try (InputStream in =
        new ZstdInputStream(new ByteArrayInputStream(packed.array(), 0, packed.size()))) {
      unpacked.addAll(in);
    } catch (IOException | RuntimeException e) {
      // All bytes are in memory, so any exception of the library means damage.
      ZipException damage = new ZipException(String.valueOf(e.getMessage()));
      damage.initCause(e);
      throw damage;
    }
  }
}
