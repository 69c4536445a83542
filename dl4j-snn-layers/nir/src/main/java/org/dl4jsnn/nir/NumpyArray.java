package org.dl4jsnn.nir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.io.AtomicFile;
import org.dl4jsnn.internal.io.NumpyHeader;
import org.dl4jsnn.internal.io.SizedFiles;

/**
 * An array of a NumPy file ({@code .npy}), such as the input of a {@link NirSimulation}. Reads
 * floating-point numbers of 16, 32 and 64 bits, whole numbers of 8 to 64 bits and booleans, in
 * either byte order, in C or Fortran order; writes 32-bit floating-point numbers in C order. (NumPy
 * Enhancement Proposal 1, versions 1 to 3 of the format.) Immutable.
 */
public final class NumpyArray {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** Bytes of magic, version and two-byte header length. */
  private static final int SHORT_PREFIX = MAGIC.length + 4;

  /** The alignment of the numbers. */
  private static final int ALIGNMENT = 64;

  private static final Pattern TYPE = Pattern.compile("([<>|=])([fiub])([1248])");

  private final int[] shape;
  private final float[] values;

  private NumpyArray(int[] shape, float[] values) {
    this.shape = shape;
    this.values = values;
  }

  /**
   * {@return an array}
   *
   * @param shape sizes of the axes; none for a single number
   * @param values as many values as the shape holds, in C order
   * @throws IllegalArgumentException if the number of values is wrong
   */
  public static NumpyArray of(int[] shape, float... values) {
    Require.not(
        count(shape) != values.length,
        "values of an array of shape %s must be %s, got %s",
        Arrays.toString(shape),
        count(shape),
        values.length);
    return new NumpyArray(shape.clone(), values.clone());
  }

  private static long count(int[] shape) {
    long count = 1;
    for (int size : shape) {
      count = Math.multiplyExact(count, Require.atLeast("size of an axis", size, 0));
    }
    return count;
  }

  /**
   * {@return the array of a file}
   *
   * @param file the file, at most 1 GiB
   * @throws IOException if it is not an array of numbers, is damaged or too large, or cannot be
   *     read
   */
  public static NumpyArray read(Path file) throws IOException {
    byte[] bytes = SizedFiles.data(Require.given("file", file));
    try {
      return of(bytes);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException(file + " must be a NumPy array of numbers: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the bytes of a file.
   *
   * @param file its bytes
   */
  static NumpyArray of(byte[] file) {
    NumpyHeader header = NumpyHeader.of(file);
    int[] shape = Arrays.stream(header.shape()).mapToInt(Math::toIntExact).toArray();
    ByteBuffer bytes = ByteBuffer.wrap(file, header.length(), file.length - header.length());
    float[] values = values(bytes.slice(), header.descr(), count(shape));
    return new NumpyArray(shape, header.fortranOrder() ? inOrderC(shape, values) : values);
  }

  private static float[] values(ByteBuffer bytes, String descr, long count) {
    Matcher type = TYPE.matcher(descr);
    Require.not(
        !type.matches(),
        "its numbers must be of a type such as <f4, got %s. Possible cause: complex numbers, texts"
            + " or objects",
        descr);
    int size = Integer.parseInt(type.group(3));
    Require.not(
        count > Integer.MAX_VALUE || count * size != bytes.remaining(),
        "it must have %s numbers of %s bytes, got %s bytes",
        count,
        size,
        bytes.remaining());
    bytes.order(type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[(int) count];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(bytes, type.group(2) + size);
    }
    return values;
  }

  private static float value(ByteBuffer bytes, String type) {
    return switch (type) {
      case "f2" -> half(bytes.getShort());
      case "f4" -> bytes.getFloat();
      case "f8" -> (float) bytes.getDouble();
      case "i1" -> bytes.get();
      case "i2" -> bytes.getShort();
      case "i4" -> bytes.getInt();
      case "i8" -> bytes.getLong();
      case "u1", "b1" -> bytes.get() & 0xff;
      case "u2" -> bytes.getShort() & 0xffff;
      case "u8" -> unsigned(bytes.getLong());
      case "u4" -> Integer.toUnsignedLong(bytes.getInt());
      default ->
          throw new IllegalArgumentException("its numbers must be of a known type, got " + type);
    };
  }

  /** Half of it, with the bits cut off kept for rounding, and twice that. */
  private static float unsigned(long bits) {
    return bits >= 0 ? bits : 2 * (float) (bits >>> 1 | bits & 1);
  }

  /** A number of 16 bits: a sign, 5 bits of exponent and 10 of fraction. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude;
    if (exponent == 0) {
      magnitude = fraction * 0x1p-24f;
    } else if (exponent == 0x1f) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Math.scalb(0x400 | fraction, exponent - 25);
    }
    return bits < 0 ? -magnitude : magnitude;
  }

  private static float[] inOrderC(int[] shape, float[] values) {
    float[] ordered = new float[values.length];
    int[] index = new int[shape.length];
    for (float value : values) {
      int at = 0;
      for (int axis = 0; axis < shape.length; axis++) {
        at = at * shape[axis] + index[axis];
      }
      ordered[at] = value;
      for (int axis = 0; axis < shape.length && ++index[axis] == shape[axis]; axis++) {
        index[axis] = 0;
      }
    }
    return ordered;
  }

  /**
   * Writes a file and replaces an existing one.
   *
   * @param file the file to write
   * @throws IOException if it cannot be written; the old file then stays
   */
  public void write(Path file) throws IOException {
    String sizes =
        Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    String tuple = shape.length == 1 ? sizes + "," : sizes;
    String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + tuple + "), }";
    int unpadded = SHORT_PREFIX + header.length() + 1;
    header += " ".repeat(Math.floorMod(-unpadded, ALIGNMENT)) + "\n";
    ByteBuffer bytes =
        ByteBuffer.allocate(SHORT_PREFIX + header.length() + Float.BYTES * values.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) header.length());
    bytes.put(header.getBytes(StandardCharsets.US_ASCII));
    for (float value : values) {
      bytes.putFloat(value);
    }
    AtomicFile.replace(file, out -> out.write(bytes.array()));
  }

  /** {@return the sizes of the axes; a copy; empty for a single number} */
  public int[] shape() {
    return shape.clone();
  }

  /** {@return the numbers, a copy in C order} */
  public float[] values() {
    return values.clone();
  }
}
