package org.dl4jsnn.event;

import java.io.IOException;
import java.util.zip.ZipException;
import org.dl4jsnn.internal.io.GrowingBytes;
import org.dl4jsnn.internal.io.Lz4Frame;

/** How the packets of an AEDAT 4 file are compressed; in the order of the format's codes. */
enum Aedat4Compression {
  NONE,
  LZ4,
  LZ4_HIGH,
  ZSTD,
  ZSTD_HIGH;

  /**
   * Unpacks a packet.
   *
   * @param packed its bytes
   * @param room where they go, cleared before
   * @return the bytes: {@code packed} or {@code room}
   * @throws ZipException if they are damaged, or too many
   */
  GrowingBytes unpacked(GrowingBytes packed, GrowingBytes room) throws IOException {
    switch (this) {
      case NONE -> {
        return packed;
      }
      case LZ4, LZ4_HIGH -> Lz4Frame.unpack(packed.array(), packed.size(), room);
      case ZSTD, ZSTD_HIGH -> OptionalCompressor.unpackZstandard(packed, room);
    }
    return room;
  }
}
