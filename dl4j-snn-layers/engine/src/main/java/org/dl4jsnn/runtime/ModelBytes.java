package org.dl4jsnn.runtime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.dl4jsnn.internal.compact.NeuronSource;

/**
 * The body of a model file or the state of a stream, read from its start to its end. A count is
 * accepted only if enough bytes follow, so memory is bounded by their number.
 */
final class ModelBytes implements NeuronSource {

  private static final String DAMAGED = "damage, or bytes of another program";

  private final ByteBuffer bytes;
  private final long first;

  /**
   * The bytes of a body.
   *
   * @param body the bytes
   * @param first the offset of the body in the file
   */
  ModelBytes(byte[] body, long first) {
    this.bytes = ByteBuffer.wrap(body);
    this.first = first;
  }

  /** The offset of the next byte in the file. */
  long offset() {
    return first + bytes.position();
  }

  /** An exception at an offset. */
  static ModelFormatException failure(long offset, String rule) {
    return new ModelFormatException(offset, rule, DAMAGED);
  }

  /** Refuses a length greater than the bytes left. */
  void require(String name, long size) throws ModelFormatException {
    if (size > bytes.remaining()) {
      throw failure(
          offset(),
          name + " must have " + size + " bytes, got " + bytes.remaining() + " to the end");
    }
  }

  /** A whole number within bounds. */
  int number(String name, int least, int most) throws ModelFormatException {
    require(name, Integer.BYTES);
    long at = offset();
    int value = bytes.getInt();
    requireWithin(at, name, value, least, most);
    return value;
  }

  /** A byte within bounds. */
  @Override
  public int small(String name, int least, int most) throws ModelFormatException {
    require(name, Byte.BYTES);
    long at = offset();
    int value = bytes.get();
    requireWithin(at, name, value, least, most);
    return value;
  }

  private static void requireWithin(long at, String name, int value, int least, int most)
      throws ModelFormatException {
    if (value < least || value > most) {
      throw failure(at, name + " must be from " + least + " to " + most + ", got " + value);
    }
  }

  /** One of some constants, by its ordinal. */
  @Override
  public <E> E constant(String name, E[] constants) throws ModelFormatException {
    return constants[small(name, 0, constants.length - 1)];
  }

  @Override
  public boolean flag(String name) throws ModelFormatException {
    return small(name, 0, 1) == 1;
  }

  long whole(String name) throws ModelFormatException {
    require(name, Long.BYTES);
    return bytes.getLong();
  }

  @Override
  public double real(String name) throws ModelFormatException {
    require(name, Double.BYTES);
    return bytes.getDouble();
  }

  /** A finite number of single precision. */
  float single(String name) throws ModelFormatException {
    require(name, Float.BYTES);
    long at = offset();
    float value = bytes.getFloat();
    if (!Float.isFinite(value)) {
      throw failure(at, name + " must be finite, got " + value);
    }
    return value;
  }

  /** A short text. */
  String text(String name, int most) throws ModelFormatException {
    int length = count(name + "'s length", most);
    require(name, length);
    long at = offset();
    byte[] part = new byte[length];
    bytes.get(part);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(part)).toString();
    } catch (CharacterCodingException e) {
      ModelFormatException failure = failure(at, name + " must be UTF-8, got other bytes");
      failure.initCause(e);
      throw failure;
    }
  }

  /** An unsigned number of two bytes. */
  int count(String name, int most) throws ModelFormatException {
    require(name, Short.BYTES);
    long at = offset();
    int value = Short.toUnsignedInt(bytes.getShort());
    requireWithin(at, name, value, 0, most);
    return value;
  }

  /** As many numbers as a shape requires. */
  float[] floats(String name, long expected) throws ModelFormatException {
    return floats(name, expected, false);
  }

  /** As many numbers as a shape requires, or none. */
  float[] floatsOrNone(String name, long expected) throws ModelFormatException {
    return floats(name, expected, true);
  }

  private float[] floats(String name, long expected, boolean orNone) throws ModelFormatException {
    int count = length(name, expected, orNone);
    require(name, (long) count * Float.BYTES);
    float[] values = new float[count];
    bytes.asFloatBuffer().get(values);
    for (int i = 0; i < count; i++) {
      if (!Float.isFinite(values[i])) {
        throw failure(
            offset() + (long) i * Float.BYTES, name + " must be finite, got " + values[i]);
      }
    }
    bytes.position(bytes.position() + count * Float.BYTES);
    return values;
  }

  /** A length that a shape requires. */
  int length(String name, long expected, boolean orNone) throws ModelFormatException {
    require("the number of " + name, Integer.BYTES);
    long at = offset();
    int count = bytes.getInt();
    if (count != expected && !(orNone && count == 0)) {
      throw failure(
          at,
          name
              + " must be "
              + (orNone ? "none or " : "")
              + expected
              + " by the layer's shape, got "
              + count);
    }
    return count;
  }

  /** A number of values: 1, or one for each item. */
  int oneOrEach(String name, int each) throws ModelFormatException {
    long at = offset();
    int count = number(name, 1, each);
    if (count != 1 && count != each) {
      throw failure(at, name + " must be 1 or " + each + ", got " + count);
    }
    return count;
  }

  @Override
  public double[] realsOfChannels(String name, int channels) throws ModelFormatException {
    return reals(name, oneOrEach("the number of " + name, channels));
  }

  @Override
  public int[] integersOfChannels(String name, int channels) throws ModelFormatException {
    int count = oneOrEach("the number of " + name, channels);
    require(name, (long) count * Integer.BYTES);
    int[] values = new int[count];
    bytes.asIntBuffer().get(values);
    bytes.position(bytes.position() + count * Integer.BYTES);
    return values;
  }

  /** Finite numbers of double precision. */
  double[] reals(String name, int count) throws ModelFormatException {
    // Checked before memory is allocated.
    require(name, (long) count * Double.BYTES);
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      long at = offset();
      values[i] = bytes.getDouble();
      if (!Double.isFinite(values[i])) {
        throw failure(at, name + " must be finite, got " + values[i]);
      }
    }
    return values;
  }

  /** Integers of one or two bytes, within the given bits. */
  short[] integers(String name, int count, int bits) throws ModelFormatException {
    boolean one = bits <= Byte.SIZE;
    require(name, (long) count * (one ? Byte.BYTES : Short.BYTES));
    long first = offset();
    short[] values = new short[count];
    if (one) {
      for (int i = 0; i < count; i++) {
        values[i] = bytes.get();
      }
    } else {
      bytes.asShortBuffer().get(values);
      bytes.position(bytes.position() + count * Short.BYTES);
    }
    int largest = (1 << bits - 1) - 1;
    for (int i = 0; i < count; i++) {
      if (values[i] < -largest || values[i] > largest) {
        long at = first + (long) i * (one ? Byte.BYTES : Short.BYTES);
        requireWithin(at, name, values[i], -largest, largest);
      }
    }
    return values;
  }

  /** Bytes as they are. */
  byte[] bytes(String name, int count) throws ModelFormatException {
    require(name, count);
    byte[] values = new byte[count];
    bytes.get(values);
    return values;
  }

  /** Checks that no bytes are left. */
  void requireEnd() throws ModelFormatException {
    if (bytes.hasRemaining()) {
      throw failure(
          offset(),
          "the bytes must end after the last part, got " + bytes.remaining() + " more bytes");
    }
  }
}
