package org.dl4jsnn.nir;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A group of an HDF5 file. Links are not followed, sizes are checked before reading, and the many
 * exceptions that jhdf throws for damaged files become one.
 *
 * @param place its name in messages, such as "node lif1"
 */
record Hdf5Group(Path file, String place, Group group, Hdf5Budget budget) {

  NirFileException failure(String problem) {
    return new NirFileException(file, ", " + place + ": " + problem, null);
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
    return data(name).text();
  }

  /** Rows of two texts. */
  String[][] pairs(String name) throws NirFileException {
    return data(name).pairs();
  }

  /** Whether a member is a text. */
  boolean isText(String name) throws NirFileException {
    return find(name) instanceof Dataset dataset
        && read(name, dataset::getJavaType) == String.class;
  }

  /** Required numbers. */
  NirTensor tensor(String name) throws NirFileException {
    int[] shape = shape(name);
    Object flat = data(name).numbers();
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
    Object flat = data(name).numbers();
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

  private Dataset dataset(String name) throws NirFileException {
    if (!(find(name) instanceof Dataset dataset)) {
      throw failure(name + " must be there, got " + kind(find(name)) + " among " + names());
    }
    return dataset;
  }

  private Hdf5Data data(String name) throws NirFileException {
    Dataset dataset = dataset(name);
    takeNode(name);
    return new Hdf5Data(this, name, dataset, budget);
  }

  /** Takes the memory of the numbers that one number stands for, before it is set aside. */
  void takeNumbers(String name, int[] shape) throws NirFileException {
    long bytes = Hdf5Data.product(Double.BYTES, Arrays.stream(shape).asLongStream().toArray());
    if (!budget.take(bytes)) {
      throw failure(
          name
              + ", one number for all neurons, must stand for at most "
              + budget.bytes() / Double.BYTES
              + " of them in addition to what was read, got shape "
              + Arrays.toString(shape)
              + ". Possible cause: damage");
    }
  }

  private static String kind(Node node) {
    return node == null ? "nothing" : node instanceof Group ? "a group" : "a data set";
  }

  <T> T read(String name, Supplier<T> reading) throws NirFileException {
    try {
      return reading.get();
    } catch (RuntimeException | StackOverflowError e) {
      throw new NirFileException(
          file,
          ", " + place + ": " + name + " must be readable, got " + e + ". Possible cause: damage",
          e);
    }
  }

  /**
   * How much a file may still hold. What a header claims is counted before it is read, so a small
   * file cannot take unlimited memory.
   */
  static final class Hdf5Budget {

    /** The largest compression ratio; deflate's is 1,032. */
    private static final long PACKED = 1100;

    private static final long LEAST = 1L << 20;
    private static final long MOST = 1L << 29;

    /** The most groups and data sets of a file. */
    static final int NODES = 10_000;

    private final long fileSize;
    private long bytes;
    private int nodes = NODES;

    Hdf5Budget(long fileSize) {
      this.fileSize = fileSize;
      bytes = Math.min(MOST, Math.max(LEAST, fileSize * PACKED));
    }

    /** Takes bytes; false if fewer are left. */
    boolean take(long count) {
      if (count < 0 || count > bytes) {
        return false;
      }
      bytes -= count;
      return true;
    }

    /** Takes a group or a data set; false if there were too many. */
    boolean takeNode() {
      return --nodes >= 0;
    }

    /** The bytes of the file. */
    long fileSize() {
      return fileSize;
    }

    /** The bytes left. */
    long bytes() {
      return bytes;
    }
  }
}
