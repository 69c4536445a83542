package org.dl4jsnn.event;

import com.google.flatbuffers.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;

/**
 * The root table of a FlatBuffer. The library trusts offsets within the bytes; whatever it throws
 * for damaged ones becomes one exception here.
 */
final class FlatTable extends Table {

  /** Offset of the root, and the identifier. */
  private static final int SMALLEST = 8;

  /** A field's place in the table of fields, from its number. */
  private static final int FIELDS = 4;

  private FlatTable() {}

  /**
   * The root table.
   *
   * @param array an array that holds the buffer
   * @param from where it begins, after its size
   * @param to where it ends
   * @param identifier its four-letter type
   * @throws DataFormatException if it is of another type or damaged
   */
  static FlatTable root(byte[] array, int from, int to, String identifier)
      throws DataFormatException {
    if (to - from < SMALLEST) {
      throw new DataFormatException((to - from) + " bytes");
    }
    ByteBuffer bytes = ByteBuffer.wrap(array, from, to - from).slice();
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    if (!__has_identifier(bytes, identifier)) {
      throw new DataFormatException("something else than " + identifier);
    }
    FlatTable table = new FlatTable();
    return intact(
        () -> {
          table.__reset(bytes.getInt(0), bytes);
          return table;
        });
  }

  /** A number of 32 bits; 0 if the field is missing. */
  int number(int field) throws DataFormatException {
    return field(field, 0, offset -> bb.getInt(bb_pos + offset));
  }

  /** A number of 64 bits. */
  long longNumber(int field, long otherwise) throws DataFormatException {
    return field(field, otherwise, offset -> bb.getLong(bb_pos + offset));
  }

  /** A text; empty if the field is missing. */
  String text(int field) throws DataFormatException {
    return field(field, "", offset -> __string(bb_pos + offset));
  }

  /** How many elements a vector has. */
  int length(int field) throws DataFormatException {
    return field(field, 0, this::__vector_len);
  }

  /** The offset in bytes of a vector's elements, which lie within the buffer. */
  int elements(int field, int bytesOfElement) throws DataFormatException {
    int length = length(field);
    int first = field(field, 0, this::__vector);
    if (first < 0 || length < 0 || first + (long) bytesOfElement * length > bb.limit()) {
      throw new DataFormatException(length + " elements from byte " + first + " on");
    }
    return first;
  }

  /** The offset of a field from the start of the buffer, in bytes; 0 if it is missing. */
  int place(int field) throws DataFormatException {
    return field(field, 0, offset -> bb_pos + offset);
  }

  private <T> T field(int field, T otherwise, IntFunction<T> reading) throws DataFormatException {
    return intact(
        () -> {
          int offset = __offset(FIELDS + 2 * field);
          return offset == 0 ? otherwise : reading.apply(offset);
        });
  }

  private static <T> T intact(Supplier<T> reading) throws DataFormatException {
    try {
      return reading.get();
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      DataFormatException damage = new DataFormatException("offsets that lead out of it");
      damage.initCause(e);
      throw damage;
    }
  }
}
