package org.dl4jsnn.nir;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.api.dataset.ContiguousDataset;
import java.lang.reflect.Array;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A data set of an HDF5 file. What a header claims is counted before it is read, because jhdf
 * allocates it; so are texts of varying length, of which many may be the same bytes of the file.
 */
final class Hdf5Data {

  /** The most bytes of a number or a text of fixed length. */
  private static final int LONGEST = 1 << 24;

  /** Bytes of a text besides its characters: an object, an array, and a reference to it. */
  private static final int TEXT = 64;

  /** More than enough for as many references as texts are allowed. */
  private static final int LARGEST_CHUNK_OF_TEXTS = 1 << 20;

  private final Hdf5Group group;
  private final String name;
  private final Dataset dataset;
  private final Hdf5Group.Hdf5Budget budget;
  private final Class<?> type;
  private final long[] axes;
  private final boolean varying;

  /** Number of values; -1 if it overflows. */
  private final long count;

  Hdf5Data(Hdf5Group group, String name, Dataset dataset, Hdf5Group.Hdf5Budget budget)
      throws NirFileException {
    this.group = group;
    this.name = name;
    this.dataset = dataset;
    this.budget = budget;
    type = group.read(name, dataset::getJavaType);
    axes = group.read(name, dataset::getDimensionsAsLong);
    varying = group.read(name, dataset::isVariableLength);
    count = product(1, axes);
  }

  /** A single text. */
  String text() throws NirFileException {
    requireTexts("a text");
    if (axes.length > 1 || count != 1) {
      throw group.failure(name + " must be a text, got texts of shape " + Arrays.toString(axes));
    }
    Object value = group.read(name, dataset::getData);
    return counted(value instanceof String[] texts ? texts[0] : (String) value);
  }

  /** Rows of two texts. */
  String[][] pairs() throws NirFileException {
    requireTexts("rows of two texts");
    if (axes.length != 2 || axes[1] != 2) {
      throw group.failure(
          name + " must be rows of two texts, got texts of shape " + Arrays.toString(axes));
    }
    if (count == 0) {
      return new String[0][];
    }
    String[][] rows = new String[(int) axes[0]][];
    int block = varying && isSliced() ? rowsAtOnce() : rows.length;
    for (int first = 0; first < rows.length; first += block) {
      String[][] read = rows(first, Math.min(block, rows.length - first));
      for (int i = 0; i < read.length; i++) {
        rows[first + i] = new String[] {counted(read[i][0]), counted(read[i][1])};
      }
    }
    return rows;
  }

  /** The library cannot read parts of a data set that lies in its own header. */
  private boolean isSliced() {
    return dataset instanceof ContiguousDataset || dataset instanceof ChunkedDataset;
  }

  /** As many rows as fit even if each of their texts is the whole file. */
  private int rowsAtOnce() {
    return (int) Math.max(1, budget.bytes() / (4 * Math.max(1, budget.fileSize())));
  }

  private String[][] rows(int first, int count) throws NirFileException {
    boolean isWhole = count == axes[0];
    Object rows =
        group.read(
            name,
            () ->
                isWhole
                    ? dataset.getData()
                    : dataset.getData(new long[] {first, 0}, new int[] {count, 2}));
    if (rows instanceof String[][] texts && texts.length == count) {
      return texts;
    }
    throw group.failure(name + " must be rows of two texts, got none. Possible cause: damage");
  }

  /** Numbers as a flat array of a primitive type, in C order. */
  Object numbers() throws NirFileException {
    boolean isNumber =
        type.isPrimitive() && type != boolean.class && type != char.class
            || Number.class.isAssignableFrom(type);
    if (!isNumber) {
      throw group.failure(name + " must be numbers, got " + type.getSimpleName());
    }
    // Whole numbers are also converted.
    boolean isSingle = type == float.class || type == Float.class;
    take(isSingle ? Float.BYTES : Double.BYTES);
    Object flat = group.read(name, () -> withoutBig(dataset.getDataFlat()));
    if (!flat.getClass().getComponentType().isPrimitive() || Array.getLength(flat) != count) {
      throw group.failure(name + " must have " + count + " numbers. Possible cause: damage");
    }
    return flat;
  }

  /** The library gives unsigned numbers of 64 bits as objects. */
  private static Object withoutBig(Object flat) {
    return flat instanceof BigInteger[] numbers
        ? Arrays.stream(numbers).mapToLong(BigInteger::longValueExact).toArray()
        : flat;
  }

  private void requireTexts(String what) throws NirFileException {
    if (type != String.class) {
      throw group.failure(name + " must be " + what + ", got " + type.getSimpleName());
    }
    if (varying) {
      if (count > FlatGraph.MOST_EDGES * 2L) {
        throw group.failure(
            name
                + " must have at most "
                + FlatGraph.MOST_EDGES * 2L
                + " texts of varying length, got "
                + count);
      }
      // A single text is not longer than the file.
      boolean mayBeRead =
          isSliced() || count == 1 || product(2 * budget.fileSize(), axes) <= budget.bytes();
      if (!mayBeRead || product(size(), chunk()) > LARGEST_CHUNK_OF_TEXTS) {
        throw group.failure(
            name
                + " must be in one piece, or in chunks of at most "
                + LARGEST_CHUNK_OF_TEXTS
                + " bytes, got texts in the header of their data set, or larger chunks");
      }
      take(TEXT);
    } else {
      // A byte may become a character of two.
      take(TEXT + 2L * size());
    }
  }

  /** A text of varying length, once its length is known. */
  private String counted(String text) throws NirFileException {
    if (text == null || varying && !budget.take(2L * text.length())) {
      throw group.failure(
          name
              + " must have at most "
              + budget.bytes()
              + " bytes in addition to what was read, got "
              + (text == null ? "no text" : "a text of " + text.length() + " characters")
              + ". Possible cause: damage");
    }
    return text;
  }

  /** The axes of a chunk; one of length 0 without chunks. */
  private long[] chunk() throws NirFileException {
    if (dataset instanceof ChunkedDataset chunked) {
      int[] sides = group.read(name, chunked::getChunkDimensions);
      return Arrays.stream(sides).asLongStream().toArray();
    }
    return new long[] {0};
  }

  private int size() throws NirFileException {
    return group.read(name, () -> dataset.getDataType().getSize());
  }

  private void take(long bytesOfEach) throws NirFileException {
    long bytes = product(bytesOfEach, axes);
    int size = size();
    long chunk = product(size, chunk());
    boolean fits = size > 0 && size <= LONGEST && chunk <= budget.bytes() && chunk >= 0;
    if (!fits || !budget.take(bytes)) {
      throw group.failure(
          name
              + " must have at most "
              + budget.bytes()
              + " bytes in addition to what was read, got "
              + (bytes < 0 ? "an overflow" : bytes)
              + ". Possible cause: damage");
    }
  }

  /** The product, or -1 on overflow. */
  static long product(long first, long[] factors) {
    long product = first;
    for (long factor : factors) {
      if (factor < 0 || factor > 0 && product > Long.MAX_VALUE / factor) {
        return -1;
      }
      product *= factor;
    }
    return product;
  }
}
