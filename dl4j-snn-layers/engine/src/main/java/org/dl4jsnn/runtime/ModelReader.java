package org.dl4jsnn.runtime;

import java.io.IOException;
import java.io.InputStream;
import org.dl4jsnn.internal.compact.CompactModel;
import org.dl4jsnn.internal.compact.CompactWriter;
import org.dl4jsnn.internal.compact.SealedBody;

/** Reads a model file: header and checksum, then the encoding, then each part. */
final class ModelReader {

  private static final int MOST_PARTS = 10_000;
  private static final SealedReader SEAL =
      new SealedReader(
          "model",
          CompactWriter.MAGIC,
          CompactWriter.VERSION,
          "a file of another kind; RuntimeExport turns a network's zip file into a model");

  private ModelReader() {}

  /**
   * Reads a model.
   *
   * @param in the file
   * @param mostBytes the longest body accepted
   * @param toEnd whether nothing may follow the model
   */
  static CompactModel read(InputStream in, long mostBytes, boolean toEnd) throws IOException {
    byte[] header = in.readNBytes(SealedBody.HEADER);
    byte[] body = in.readNBytes(SEAL.length(header, mostBytes));
    ModelBytes bytes = SEAL.checked(header, body);
    CompactModel model = model(bytes);
    bytes.requireEnd();
    if (toEnd && in.read() >= 0) {
      throw new ModelFormatException(
          bytes.offset(), "the file must end after the model, got more bytes", "a damaged file");
    }
    return model;
  }

  private static CompactModel model(ModelBytes bytes) throws IOException {
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
