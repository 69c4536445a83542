package org.dl4jsnn.event;

import java.io.IOException;
import java.util.zip.ZipException;
import org.dl4jsnn.internal.io.GrowingBytes;
import org.dl4jsnn.internal.io.Lz4Frame;

/** The compression of the packets in an AEDAT 4 file, in the order of the format's codes. */
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
   * @return {@code packed} or {@code room}
   * @throws ZipException if the packet is damaged or too large
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
