package org.dl4jsnn.event.cochlea;

import io.jhdf.api.Dataset;
import io.jhdf.api.Node;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.dl4jsnn.internal.Precision;

/** A column of an HDF5 file: numbers, or lists of numbers. All faults become one exception. */
final class SpikeColumn {

  private final Path file;
  final String name;
  private final Dataset dataset;

  /** A column that must exist; {@code found} is null if it does not. */
  SpikeColumn(Path file, String name, Node found) throws CochleaFileException {
    this.file = file;
    this.name = name;
    if (!(found instanceof Dataset column)) {
      throw failure(
          "must be a data set",
          (found == null ? "nothing" : "a group")
              + ". Possible cause: a file without the layout of SHD and SSC");
    }
    dataset = column;
  }

  /** The number of rows. */
  long rows() throws CochleaFileException {
    long[] axes = read("", dataset::getDimensionsAsLong);
    if (axes.length != 1) {
      throw failure("must have one axis", axes.length);
    }
    return axes[0];
  }

  /** Checked before anything is read, because jhdf allocates what a header claims. */
  void requireSize(long mostBytesOfARow, long mostBytes) throws CochleaFileException {
    long bytesOfARow = read("", () -> (long) dataset.getDataType().getSize());
    long rows = rows();
    if (bytesOfARow < 1 || bytesOfARow > mostBytesOfARow || rows > mostBytes / bytesOfARow) {
      throw failure(
          "rows must have from 1 to "
              + mostBytesOfARow
              + " bytes each and "
              + mostBytes
              + " bytes in all",
          rows + " rows of " + bytesOfARow + " bytes");
    }
  }

  void requireLists() throws CochleaFileException {
    if (!read("", dataset::isVariableLength)) {
      throw failure("must be lists of varying length", dataset.getJavaType());
    }
  }

  /** The list in one row, an array of numbers of any type. */
  Object list(int row) throws CochleaFileException {
    Object rows = read("row " + row + ": ", () -> dataset.getData(new long[] {row}, new int[] {1}));
    return ((Object[]) rows)[0];
  }

  /** The values of some rows, an array of numbers of any type. */
  Object part(int from, int to) throws CochleaFileException {
    return read(
        "rows from " + from + ": ",
        () -> dataset.getData(new long[] {from}, new int[] {to - from}));
  }

  /** All rows, as whole numbers. */
  int[] wholeNumbers() throws CochleaFileException {
    return wholeNumbers(read("", dataset::getData), "");
  }

  /** The whole numbers of an array of any type. */
  int[] wholeNumbers(Object array, String where) throws CochleaFileException {
    if (!(array instanceof int[]
        || array instanceof long[]
        || array instanceof short[]
        || array instanceof byte[])) {
      throw failure(where + "must be whole numbers", typeOf(array));
    }
    int[] numbers = new int[Array.getLength(array)];
    for (int i = 0; i < numbers.length; i++) {
      long number = Array.getLong(array, i);
      if (number < 0 || number > Integer.MAX_VALUE) {
        throw failure(where + "must be from 0 to 2147483647", number);
      }
      numbers[i] = (int) number;
    }
    return numbers;
  }

  /** The numbers of an array of floats or doubles. */
  float[] numbers(Object array, String where) throws CochleaFileException {
    if (array instanceof float[] floats) {
      return floats;
    }
    if (!(array instanceof double[] doubles)) {
      throw failure(where + "must be floating point numbers", typeOf(array));
    }
    return Precision.singles(doubles);
  }

  /** All rows, as texts. */
  String[] texts() throws CochleaFileException {
    Object rows = read("", dataset::getData);
    if (!(rows instanceof String[] texts)) {
      throw failure("must be texts", typeOf(rows));
    }
    return texts;
  }

  private static String typeOf(Object array) {
    return array == null ? "nothing" : array.getClass().getSimpleName();
  }

  /** jhdf throws many types of exceptions for a damaged file, and follows links in circles. */
  private <T> T read(String where, Supplier<T> reading) throws CochleaFileException {
    try {
      return reading.get();
    } catch (OutOfMemoryError e) {
      // Sizes in indices of chunks are the library's alone to read.
      throw failure(where + "must fit into memory", e + ". Possible cause: damage", e);
    } catch (RuntimeException | StackOverflowError e) {
      throw failure(where + "must be readable", e + ". Possible cause: damage", e);
    }
  }

  private CochleaFileException failure(String rule, Object found) {
    return failure(rule, found, null);
  }

  private CochleaFileException failure(String rule, Object found, Throwable cause) {
    return new CochleaFileException(file, name, rule, found, cause);
  }
}
