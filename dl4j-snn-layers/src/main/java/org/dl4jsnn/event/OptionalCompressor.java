package org.dl4jsnn.event;

import java.nio.ByteBuffer;
import java.util.zip.ZipException;
import org.dl4jsnn.internal.io.GrowingBytes;

/**
 * What the optional library {@code io.airlift:aircompressor} does: unpacks Zstandard, packs LZ4.
 * Where it is missing, it is missed when {@link AirCompressor} is loaded, so outside of that class.
 */
final class OptionalCompressor {

  private OptionalCompressor() {}

  /**
   * Unpacks a frame of Zstandard.
   *
   * @param unpacked where its content goes, cleared before
   * @throws ZipException if it is damaged, or its content too large for its place
   * @throws MissingLibrary without the library
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
   * @throws MissingLibrary without the library
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
   * @throws MissingLibrary without it
   */
  static void requirePresent() {
    packLz4(new byte[1]);
  }

  /** The library is not there. */
  static final class MissingLibrary extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    MissingLibrary(NoClassDefFoundError cause) {
      super(
          "io.airlift:aircompressor must be on the class path, got none. Possible cause: it is an"
              + " optional dependency, which an application adds",
          cause);
    }
  }
}
