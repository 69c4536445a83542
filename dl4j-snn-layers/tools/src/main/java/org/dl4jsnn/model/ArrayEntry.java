package org.dl4jsnn.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.options.ArrayOptionsHelper;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An array as {@code Nd4j.write} of Deeplearning4j M2.1 writes it: a vector, or a matrix with one
 * row. ND4J trusts the header: it would allocate whatever memory the header claims, and strides
 * could make it read beyond the array's end. So the header must be exactly that of a contiguous
 * vector.
 *
 * <pre>
 *  "MIXED_DATA_TYPES", longs of the shape, "LONG"    UTF, 8 bytes, UTF
 *  rank, shape, strides, options, 1, order           8 bytes each
 *  "MIXED_DATA_TYPES", numbers, type                 UTF, 8 bytes, UTF
 *  the numbers
 * </pre>
 *
 * @param length the number of values, at least 1
 */
record ArrayEntry(DataInputStream in, DataType type, long length, byte[] header) {

  private static final String MODE = "MIXED_DATA_TYPES";

  /** The types that parameters can have, and bytes per number. */
  private static final Map<DataType, Integer> BYTES =
      Map.of(DataType.DOUBLE, 8, DataType.FLOAT, 4, DataType.FLOAT16, 2, DataType.BFLOAT16, 2);

  /** Reads a header; the message of an exception begins with the broken rule. */
  static ArrayEntry begin(InputStream entry) throws IOException {
    DataInputStream in = new DataInputStream(entry);
    try {
      text("the mode", in.readUTF(), MODE);
      long longs = in.readLong();
      if (longs != 6 && longs != 8) {
        throw new IOException("the shape must have 6 or 8 numbers, got " + longs);
      }
      text("the shape's type", in.readUTF(), "LONG");
      long[] shape = new long[(int) longs];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = in.readLong();
      }
      text("the mode", in.readUTF(), MODE);
      long length = in.readLong();
      DataType type = type(in.readUTF());
      checkShape(shape, length, type);
      return new ArrayEntry(in, type, length, header(shape, length, type));
    } catch (EOFException e) {
      throw new IOException("the header of the array must be complete, got its end", e);
    }
  }

  private static void text(String what, String got, String expected) throws IOException {
    if (!got.equals(expected)) {
      throw new IOException(what + " must be " + expected + ", got " + got);
    }
  }

  private static DataType type(String name) throws IOException {
    for (DataType type : BYTES.keySet()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new IOException("the type must be one of " + BYTES.keySet() + ", got " + name);
  }

  private static void checkShape(long[] shape, long length, DataType type) throws IOException {
    boolean isVector = shape.length == 6;
    boolean sameLength =
        isVector
            ? shape[0] == 1 && shape[1] == length
            : shape[0] == 2 && shape[1] == 1 && shape[2] == length;
    if (length < 1 || !sameLength) {
      throw new IOException(
          "the shape must be that of one row of " + length + " numbers, got a different one");
    }
    int strides = isVector ? 2 : 3;
    boolean dense = isVector || shape[strides] == 1 || shape[strides] == length;
    long order = shape[shape.length - 1];
    if (!dense
        || shape[shape.length - 4] != 1
        || shape[shape.length - 3] != ArrayOptionsHelper.setOptionBit(0, type)
        || shape[shape.length - 2] != 1
        || order != 'c' && order != 'f') {
      throw new IOException(
          "the numbers must be contiguous, as ND4J 1.0.0-M2.1 writes them, got other strides or"
              + " options");
    }
  }

  private static byte[] header(long[] shape, long length, DataType type) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(MODE);
    out.writeLong(shape.length);
    out.writeUTF("LONG");
    for (long number : shape) {
      out.writeLong(number);
    }
    out.writeUTF(MODE);
    out.writeLong(length);
    out.writeUTF(type.name());
    return bytes.toByteArray();
  }

  /** Bytes of header and numbers; the largest long on overflow. */
  long bytes() {
    long most = (Long.MAX_VALUE - header.length) / BYTES.get(type);
    return length > most ? Long.MAX_VALUE : header.length + length * BYTES.get(type);
  }

  /** Reads the numbers; ND4J allocates memory for them first. */
  INDArray read() {
    return Nd4j.read(
        new DataInputStream(new SequenceInputStream(new ByteArrayInputStream(header), in)));
  }
}
