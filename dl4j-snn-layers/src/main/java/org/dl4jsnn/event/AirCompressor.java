package org.dl4jsnn.event;

import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.ZipException;
import org.dl4jsnn.internal.io.GrowingBytes;
import org.dl4jsnn.internal.io.Lz4Frame;

/** The only class that uses the library aircompressor; {@link OptionalCompressor} calls it. */
final class AirCompressor {

  private AirCompressor() {}

  static void unpackZstandard(GrowingBytes packed, GrowingBytes unpacked) throws ZipException {
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

  static ByteBuffer packLz4(byte[] bytes) {
    Lz4Compressor lz4 = new Lz4Compressor();
    int room = lz4.maxCompressedLength(Math.min(bytes.length, Lz4Frame.LARGEST_BLOCK));
    return Lz4Frame.pack(
        bytes,
        (from, start, end, packed) ->
            lz4.compress(from, start, end - start, packed, 0, packed.length),
        room);
  }
}
