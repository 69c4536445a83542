package org.dl4jsnn.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactWriter;

/** Reads a model file: header and checksum, then the encoding, then each part. */
final class ModelReader {

  private static final int MOST_PARTS = 10_000;
  private static final int VERSION_AT = 8;
  private static final int RESERVED_AT = 10;
  private static final int CHECKSUM_AT = 12;
  private static final int LENGTH_AT = 16;

  private ModelReader() {}

  /**
   * Reads a model.
   *
   * @param in the file
   * @param mostBytes the longest body accepted
   */
  static CompactModel read(InputStream in, long mostBytes) throws IOException {
    byte[] body = body(in, mostBytes);
    ModelBytes bytes = new ModelBytes(body, CompactWriter.HEADER);
    CompactModel model = model(bytes);
    bytes.requireEnd();
    return model;
  }

  /** The bytes after the header, covered by the checksum. */
  private static byte[] body(InputStream in, long mostBytes) throws IOException {
    byte[] bytes = in.readNBytes(CompactWriter.HEADER);
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (bytes.length < Long.BYTES || header.getLong(0) != CompactWriter.MAGIC) {
      throw new ModelFormatException(
          0,
          "a model must begin with 89 53 4E 4E 0D 0A 1A 0A, got " + hex(bytes),
          "a file of another kind; RuntimeExport turns a network's zip file into a model");
    }
    if (bytes.length < CompactWriter.HEADER) {
      throw new ModelFormatException(
          bytes.length,
          "the header must have " + CompactWriter.HEADER + " bytes, got " + bytes.length,
          "a truncated file");
    }
    int version = Short.toUnsignedInt(header.getShort(VERSION_AT));
    if (version < 1 || version > CompactWriter.VERSION) {
      throw new ModelFormatException(
          VERSION_AT,
          "version must be from 1 to " + CompactWriter.VERSION + ", got " + version,
          "a model of a later release");
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
          "a damaged file, or one larger than allowed here");
    }
    return checked(in.readNBytes((int) length), length, header.getInt(CHECKSUM_AT));
  }

  private static byte[] checked(byte[] body, long length, int expected)
      throws ModelFormatException {
    if (body.length < length) {
      throw new ModelFormatException(
          CompactWriter.HEADER + (long) body.length,
          "the file must have " + (CompactWriter.HEADER + length) + " bytes, got fewer",
          "a truncated file");
    }
    CRC32 checksum = new CRC32();
    checksum.update(body);
    if ((int) checksum.getValue() != expected) {
      throw ModelBytes.failure(
          CHECKSUM_AT,
          String.format(
              "checksum must be that of the bytes, %08x, got %08x",
              (int) checksum.getValue(), expected));
    }
    return body;
  }

  private static String hex(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.min(Long.BYTES, bytes.length); i++) {
      text.append(String.format(i == 0 ? "%02X" : " %02X", bytes[i]));
    }
    return bytes.length == 0 ? "no bytes" : text.toString();
  }

  private static CompactModel model(ModelBytes bytes) throws ModelFormatException {
    long at = bytes.offset();
    CompactModel.Builder model;
    try {
      model = new CompactModel.Builder(EncodingReader.read(bytes));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw refused(at, "encoding", e);
    }
    int parts = bytes.number("the number of parts", 1, MOST_PARTS);
    for (int i = 0; i < parts; i++) {
      at = bytes.offset();
      try {
        model.add(PartReader.read(bytes, model));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw refused(at, "part " + (i + 1), e);
      }
    }
    return model.build();
  }

  /** The exception for parts that do not fit together. */
  static ModelFormatException refused(long at, String what, RuntimeException e) {
    ModelFormatException failure =
        ModelBytes.failure(at, what + " must be a valid one, got one whose " + e.getMessage());
    failure.initCause(e);
    return failure;
  }
}
