package org.dl4jsnn.nir;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import java.lang.reflect.Array;
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

  private final Hdf5Group group;
  private final String name;
  private final Dataset dataset;
  private final Hdf5Budget budget;
  private final Class<?> type;
  private final long[] axes;
  private final boolean varying;

  /** Number of values; -1 if it overflows. */
  private final long count;

  Hdf5Data(Hdf5Group group, String name, Dataset dataset, Hdf5Budget budget)
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
    if (!varying || dataset instanceof ChunkedDataset) {
      String[][] rows = (String[][]) group.read(name, dataset::getData);
      for (String[] row : rows) {
        counted(row[0]);
        counted(row[1]);
      }
      return rows;
    }
    String[][] rows = new String[(int) axes[0]][];
    for (int row = 0; row < rows.length; row++) {
      long[] first = {row, 0};
      String[][] read =
          (String[][]) group.read(name, () -> dataset.getData(first, new int[] {1, 2}));
      rows[row] = new String[] {counted(read[0][0]), counted(read[0][1])};
    }
    return rows;
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
    Object flat = group.read(name, dataset::getDataFlat);
    if (!flat.getClass().getComponentType().isPrimitive() || Array.getLength(flat) != count) {
      throw group.failure(name + " must have " + count + " numbers. Possible cause: damage");
    }
    return flat;
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
      // In chunks they are read together, and each may be as long as the file.
      take(TEXT + (dataset instanceof ChunkedDataset ? 2 * budget.fileSize() : 0));
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

  private int size() throws NirFileException {
    return group.read(name, () -> dataset.getDataType().getSize());
  }

  private void take(long bytesOfEach) throws NirFileException {
    long bytes = product(bytesOfEach, axes);
    long chunk = 0;
    if (dataset instanceof ChunkedDataset chunked) {
      int[] sides = group.read(name, chunked::getChunkDimensions);
      chunk = product(size(), Arrays.stream(sides).asLongStream().toArray());
    }
    int size = size();
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
