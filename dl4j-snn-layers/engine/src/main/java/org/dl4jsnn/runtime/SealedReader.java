package org.dl4jsnn.runtime;

import java.nio.ByteBuffer;
import org.dl4jsnn.internal.compact.SealedBody;

/**
 * Checks the header in front of a body, and the body's checksum.
 *
 * @param what what the bytes are
 * @param magic the first eight bytes
 * @param latest the latest version
 * @param otherwise the likely cause of other first bytes
 */
record SealedReader(String what, long magic, int latest, String otherwise) {

  private static final int VERSION_AT = 8;
  private static final int RESERVED_AT = 10;
  private static final int CHECKSUM_AT = 12;
  private static final int LENGTH_AT = 16;

  /**
   * The length of the body.
   *
   * @param bytes the header
   * @param mostBytes the longest body accepted
   */
  int length(byte[] bytes, long mostBytes) throws ModelFormatException {
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (bytes.length < Long.BYTES || header.getLong(0) != magic) {
      byte[] first = ByteBuffer.allocate(Long.BYTES).putLong(magic).array();
      throw new ModelFormatException(
          0, "a " + what + " must begin with " + hex(first) + ", got " + hex(bytes), otherwise);
    }
    if (bytes.length < SealedBody.HEADER) {
      throw new ModelFormatException(
          bytes.length,
          "the header must have " + SealedBody.HEADER + " bytes, got " + bytes.length,
          "a truncated " + what);
    }
    int version = Short.toUnsignedInt(header.getShort(VERSION_AT));
    if (version < 1 || version > latest) {
      throw new ModelFormatException(
          VERSION_AT,
          "version must be from 1 to " + latest + ", got " + version,
          "a " + what + " of a later release");
    }
    if (header.getShort(RESERVED_AT) != 0) {
      throw ModelBytes.failure(
          RESERVED_AT, "reserved bytes must be 0, got " + header.getShort(RESERVED_AT));
    }
    long length = header.getLong(LENGTH_AT);
    if (length < 0 || length > mostBytes) {
      throw new ModelFormatException(
          LENGTH_AT,
          "length must be from 0 to " + mostBytes + ", got " + length,
          "a damaged " + what + ", or one larger than allowed here");
    }
    return (int) length;
  }

  /**
   * A body that is whole.
   *
   * @param header the header
   * @param body the bytes after it, at most as many as the header says
   */
  ModelBytes checked(byte[] header, byte[] body) throws ModelFormatException {
    long length = ByteBuffer.wrap(header).getLong(LENGTH_AT);
    if (body.length < length) {
      throw new ModelFormatException(
          SealedBody.HEADER + (long) body.length,
          "a " + what + " must have " + (SealedBody.HEADER + length) + " bytes, got fewer",
          "a truncated " + what);
    }
    int checksum = SealedBody.checksum(body);
    int expected = ByteBuffer.wrap(header).getInt(CHECKSUM_AT);
    if (checksum != expected) {
      throw ModelBytes.failure(
          CHECKSUM_AT,
          String.format("checksum must be that of the bytes, %08x, got %08x", checksum, expected));
    }
    return new ModelBytes(body, SealedBody.HEADER);
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(Long.BYTES, bytes.length); i++) {
      text.append(String.format(i == 0 ? "%02X" : " %02X", bytes[i]));
    }
    return bytes.length == 0 ? "no bytes" : text.toString();
  }
}
