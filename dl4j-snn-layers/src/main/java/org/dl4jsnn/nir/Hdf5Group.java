package org.dl4jsnn.nir;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A group of an HDF5 file. Links are not followed, sizes are checked before reading, and the many
 * exceptions that jhdf throws for damaged files become one.
 */
final class Hdf5Group {

  /** The most bytes of a text and of a row of texts. */
  private static final int LONGEST_TEXT = 1 << 24;

  /** Bytes of the reference to a text of varying length. */
  private static final int REFERENCE = 16;

  private final Path file;
  private final String place;
  private final Group group;
  private final Hdf5Budget budget;

  /**
   * A group.
   *
   * @param place its name in messages, such as "node lif1"
   */
  Hdf5Group(Path file, String place, Group group, Hdf5Budget budget) {
    this.file = file;
    this.place = place;
    this.group = group;
    this.budget = budget;
  }

  NirFileException failure(String problem) {
    return new NirFileException(file, place + ": " + problem);
  }

  /** Names of all members, sorted. */
  Set<String> names() throws NirFileException {
    return read("its members", () -> new TreeSet<>(group.getChildren().keySet()));
  }

  boolean has(String name) throws NirFileException {
    return find(name) != null;
  }

  private Node find(String name) throws NirFileException {
    Node node = read(name, () -> group.getChildren().get(name));
    if (node != null && read(name, node::isLink)) {
      throw failure(name + " must be in the file itself, got a link");
    }
    return node;
  }

  /** A required group in this one. */
  Hdf5Group group(String name, String where) throws NirFileException {
    if (!(find(name) instanceof Group found)) {
      throw failure(name + " must be a group, got " + kind(find(name)));
    }
    takeNode(name);
    return new Hdf5Group(file, where, found, budget);
  }

  private void takeNode(String name) throws NirFileException {
    if (!budget.takeNode()) {
      throw failure(
          name
              + " must be one of at most "
              + Hdf5Budget.NODES
              + " groups and data sets of the file, got more");
    }
  }

  boolean isGroup(String name) throws NirFileException {
    return find(name) instanceof Group;
  }

  /** A required text. */
  String text(String name) throws NirFileException {
    Object value = value(name);
    if (value instanceof String[] texts && texts.length == 1) {
      return texts[0];
    }
    if (value instanceof String text) {
      return text;
    }
    throw failure(name + " must be a text, got " + typeOf(value));
  }

  /** Rows of two texts. */
  String[][] pairs(String name) throws NirFileException {
    Object value = value(name);
    if (value instanceof String[][] rows
        && Arrays.stream(rows).allMatch(row -> row != null && row.length == 2)) {
      return rows;
    }
    throw failure(name + " must be rows of two texts, got " + typeOf(value));
  }

  /** Whether a member is a text. */
  boolean isText(String name) throws NirFileException {
    return find(name) instanceof Dataset dataset
        && read(name, dataset::getJavaType) == String.class;
  }

  /** Required numbers. */
  NirTensor tensor(String name) throws NirFileException {
    int[] shape = shape(name);
    Object flat = flat(name, value(name), shape);
    if (flat instanceof float[] singles) {
      return NirTensor.of(shape, singles);
    }
    if (flat instanceof double[] doubles) {
      return NirTensor.ofDoubles(shape, doubles);
    }
    return ofWholeNumbers(shape, flat);
  }

  /** Numbers in single precision if that is exact. */
  private static NirTensor ofWholeNumbers(int[] shape, Object flat) {
    double[] values = new double[Array.getLength(flat)];
    float[] singles = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Array.getDouble(flat, i);
      singles[i] = (float) values[i];
    }
    NirTensor single = NirTensor.of(shape, singles);
    return Arrays.equals(single.doubles(), values) ? single : NirTensor.ofDoubles(shape, values);
  }

  /** Required whole numbers with one axis or none. */
  int[] wholeNumbers(String name) throws NirFileException {
    int[] shape = shape(name);
    if (shape.length > 1) {
      throw failure(name + " must be whole numbers in a row, got shape " + Arrays.toString(shape));
    }
    Object flat = flat(name, value(name), shape);
    int[] numbers = new int[Array.getLength(flat)];
    for (int i = 0; i < numbers.length; i++) {
      double number = Array.getDouble(flat, i);
      if (number != (int) number) {
        throw failure(name + " must be whole numbers of 32 bits, got " + number);
      }
      numbers[i] = (int) number;
    }
    return numbers;
  }

  /** The required shape of numbers. */
  int[] shape(String name) throws NirFileException {
    Dataset dataset = dataset(name);
    long[] axes = read(name, dataset::getDimensionsAsLong);
    for (long axis : axes) {
      if (axis < 1 || axis > Integer.MAX_VALUE) {
        throw failure(
            name + " must have axes of at least one number, got shape " + Arrays.toString(axes));
      }
    }
    return Arrays.stream(axes).mapToInt(axis -> (int) axis).toArray();
  }

  /** A flat array of a number or of nested arrays. */
  private Object flat(String name, Object value, int[] shape) throws NirFileException {
    if (value instanceof Number number) {
      return number instanceof Float
          ? new float[] {number.floatValue()}
          : number instanceof Double
              ? new double[] {number.doubleValue()}
              : new long[] {number.longValue()};
    }
    int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    Class<?> type = value == null ? null : elementType(value);
    if (type == null || !type.isPrimitive() || type == boolean.class || type == char.class) {
      throw failure(name + " must be numbers, got " + typeOf(value));
    }
    Object flat = Array.newInstance(type, count);
    if (copy(value, flat, 0) != count) {
      throw failure(name + " must have " + count + " numbers. Possible cause: damage");
    }
    return flat;
  }

  private static Class<?> elementType(Object value) {
    Class<?> type = value.getClass();
    while (type.isArray()) {
      type = type.getComponentType();
    }
    return type;
  }

  private static int copy(Object value, Object flat, int first) {
    if (!(value instanceof Object[] rows)) {
      int length = Array.getLength(value);
      if (first + length > Array.getLength(flat)) {
        return -1;
      }
      System.arraycopy(value, 0, flat, first, length);
      return first + length;
    }
    int next = first;
    for (Object row : rows) {
      next = row == null || next < 0 ? -1 : copy(row, flat, next);
    }
    return next;
  }

  private Dataset dataset(String name) throws NirFileException {
    if (!(find(name) instanceof Dataset dataset)) {
      throw failure(name + " must be there, got " + kind(find(name)) + " among " + names());
    }
    return dataset;
  }

  private Object value(String name) throws NirFileException {
    Dataset dataset = dataset(name);
    requireSize(name, dataset);
    return read(name, dataset::getData);
  }

  /** Checked before reading, because jhdf allocates what a header claims. */
  private void requireSize(String name, Dataset dataset) throws NirFileException {
    long row = read(name, () -> (long) dataset.getDataType().getSize());
    boolean varying = read(name, dataset::isVariableLength);
    long bytes = product(row, read(name, dataset::getDimensionsAsLong));
    // A text of varying length is also an object.
    long memory = varying ? bytes * REFERENCE : bytes;
    long chunk = 0;
    if (dataset instanceof ChunkedDataset chunked) {
      int[] axes = read(name, chunked::getChunkDimensions);
      chunk = product(row, Arrays.stream(axes).asLongStream().toArray());
    }
    boolean fits = row > 0 && row <= LONGEST_TEXT && chunk <= budget.bytes() && chunk >= 0;
    takeNode(name);
    if (!fits || !budget.take(memory)) {
      throw failure(
          name
              + " must have at most "
              + budget.bytes()
              + " bytes in addition to what was read, got "
              + (bytes < 0 ? "an overflow" : bytes)
              + ". Possible cause: damage");
    }
  }

  /**
   * Takes the memory of the numbers that one number stands for, before it is set aside.
   *
   * @return how many numbers
   */
  int takeNumbers(String name, int[] shape) throws NirFileException {
    long bytes = product(Double.BYTES, Arrays.stream(shape).asLongStream().toArray());
    if (!budget.take(bytes)) {
      throw failure(
          name
              + ", one number for all neurons, must stand for at most "
              + budget.bytes() / Double.BYTES
              + " of them in addition to what was read, got shape "
              + Arrays.toString(shape)
              + ". Possible cause: damage");
    }
    return (int) (bytes / Double.BYTES);
  }

  /** The product, or -1 on overflow. */
  private static long product(long first, long[] factors) {
    long product = first;
    for (long factor : factors) {
      if (factor < 0 || factor > 0 && product > Long.MAX_VALUE / REFERENCE / factor) {
        return -1;
      }
      product *= factor;
    }
    return product;
  }

  private static String kind(Node node) {
    return node == null ? "nothing" : node instanceof Group ? "a group" : "a data set";
  }

  private static String typeOf(Object value) {
    return value == null ? "nothing" : value.getClass().getSimpleName();
  }

  private <T> T read(String name, Supplier<T> reading) throws NirFileException {
    try {
      return reading.get();
    } catch (RuntimeException | StackOverflowError e) {
      throw new NirFileException(
          file,
          place + ": " + name + " must be readable, got " + e + ". Possible cause: damage",
          e);
    }
  }
}
