package org.dl4jsnn.event;

import java.nio.ByteBuffer;
import java.util.zip.ZipException;
import org.dl4jsnn.internal.io.GrowingBytes;

/**
 * The services of the optional library {@code io.airlift:aircompressor}: unpacks Zstandard, packs
 * LZ4. If it is missing, loading {@link AirCompressor} fails, which is handled here.
 */
final class OptionalCompressor {

  private OptionalCompressor() {}

  /**
   * Unpacks a frame of Zstandard.
   *
   * @param unpacked where its content goes, cleared before
   * @throws ZipException if the frame is damaged or its content is too large
   * @throws MissingLibrary if the library is missing
   */
  static void unpackZstandard(GrowingBytes packed, GrowingBytes unpacked) throws ZipException {
    try {
      AirCompressor.unpackZstandard(packed, unpacked);
    } catch (NoClassDefFoundError e) {
      throw new MissingLibrary(e);
    }
  }

  /**
   * Packs bytes into a frame of LZ4.
   *
   * @throws MissingLibrary if the library is missing
   */
  static ByteBuffer packLz4(byte[] bytes) {
    try {
      return AirCompressor.packLz4(bytes);
    } catch (NoClassDefFoundError e) {
      throw new MissingLibrary(e);
    }
  }

  /**
   * Looks for the library.
   *
   * @throws MissingLibrary if it is missing
   */
  static void requirePresent() {
    packLz4(new byte[1]);
  }

  /** The library is missing. */
  static final class MissingLibrary extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    MissingLibrary(NoClassDefFoundError cause) {
      super(
          "io.airlift:aircompressor must be on the class path, got none. Possible cause: it is an "
              + "optional dependency that an application must add",
          cause);
    }
  }
}
