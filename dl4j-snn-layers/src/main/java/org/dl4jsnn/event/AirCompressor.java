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

/**
 * What the optional library {@code io.airlift:aircompressor} does, and nothing else of the package
 * needs: unpacks Zstandard, packs LZ4.
 */
final class AirCompressor {

  private static final String NEEDED =
      "io.airlift:aircompressor must be on the class path, got none. Possible cause: it is an"
          + " optional dependency, which an application adds";

  private AirCompressor() {}

  /**
   * Unpacks a frame of Zstandard.
   *
   * @throws ZipException if it is damaged, or its content too large for its place
   * @throws MissingLibrary without the library
   */
  static void unpackZstandard(GrowingBytes packed, GrowingBytes unpacked) throws IOException {
    unpacked.clear();
    try (InputStream in =
        new ZstdInputStream(new ByteArrayInputStream(packed.array(), 0, packed.size()))) {
      unpacked.addAll(in);
    } catch (IOException | RuntimeException e) {
      // All bytes are in memory, so whatever the library throws is damage.
      ZipException damage = new ZipException(String.valueOf(e.getMessage()));
      damage.initCause(e);
      throw damage;
    } catch (NoClassDefFoundError e) {
      throw new MissingLibrary(e);
    }
  }

  /**
   * Looks for the library.
   *
   * @throws MissingLibrary without it
   */
  static void requirePresent() {
    packLz4(new byte[1]);
  }

  /**
   * Packs bytes into a frame of LZ4.
   *
   * @throws MissingLibrary without the library
   */
  static ByteBuffer packLz4(byte[] bytes) {
    try {
      Lz4Compressor lz4 = new Lz4Compressor();
      int room = lz4.maxCompressedLength(Math.min(bytes.length, Lz4Frame.LARGEST_BLOCK));
      return Lz4Frame.pack(
          bytes,
          (from, start, end, packed) ->
              lz4.compress(from, start, end - start, packed, 0, packed.length),
          room);
    } catch (NoClassDefFoundError e) {
      throw new MissingLibrary(e);
    }
  }

  /** The library is not there. */
  static final class MissingLibrary extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    MissingLibrary(NoClassDefFoundError cause) {
      super(NEEDED, cause);
    }
  }
}
