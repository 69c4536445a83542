package org.dl4jsnn.event.cochlea;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.event.DamagedHdf5;
import org.dl4jsnn.internal.io.RegularFiles;

/**
 * A file of words as spikes of 700 channels, in the layout of the Heidelberg spiking data sets,
 * Heidelberg Digits (SHD, 20 classes) and Speech Commands (SSC, 35 classes). It is an HDF5 file
 * with
 *
 * <pre>{@code
 * try (CochleaFile words = CochleaFile.open(Path.of("shd_train.h5"))) {
 *   List<CochleaSample> samples = words.samples();
 *   CochleaSpikes spikes = words.read(samples.get(0));
 *   float[] counts = new CochleaBins(5, 10_000, 100).count(spikes, 0); // [140, 100]
 * }
 * }</pre>
 *
 * <pre>
 *  spikes/times     a list of floating point numbers per word, of 16, 32 or 64 bits: seconds
 *  spikes/units     a list of whole numbers per word: channels, 0 to 699
 *  labels           a whole number per word: its class
 *  extra/speaker    a whole number per word: its speaker; 0 without this column
 *  extra/keys       a text per class: its name; without this column, its number
 * </pre>
 *
 * <p>Programs that write no lists may put the spikes of all words one after another instead:
 *
 * <pre>
 *  spikes/times     a floating point number per spike
 *  spikes/units     a whole number per spike
 *  spikes/ends      a whole number per word: the spikes of this word and those before it
 * </pre>
 *
 * <p>Other columns are not read. The published files are gzipped; unpack them first. Labels of SHD
 * are the English digits from 0 to 9, then the German ones.
 *
 * <p>Spikes are read one word at a time, on request. Thread-safe.
 */
public final class CochleaFile implements Closeable {

  /** The number of channels. */
  public static final int CHANNELS = 700;

  private static final String TIMES = "spikes/times";
  private static final String UNITS = "spikes/units";
  private static final String ENDS = "spikes/ends";
  private static final String LABELS = "labels";
  private static final String SPEAKERS = "extra/speaker";
  private static final String KEYS = "extra/keys";

  /** Bytes of a row that locates a list. */
  private static final int REFERENCE = 16;

  /** Bytes of all classes' names. */
  private static final int MOST_OF_KEYS = 1 << 20;

  /** The first bytes of a gzipped file. */
  private static final int GZIP = 0x1f8b;

  private final Path path;
  private final HdfFile hdf;
  private final SpikeColumn times;
  private final SpikeColumn units;

  /** Where the spikes of each word end; null for lists. */
  private final int[] ends;

  private final List<CochleaSample> samples;
  private final List<String> classes;

  private CochleaFile(Path path, HdfFile hdf) throws IOException {
    this.path = path;
    this.hdf = hdf;
    times = column(TIMES);
    units = column(UNITS);
    long rows = column(LABELS).rows();
    // A word takes at least one byte, so a header cannot claim an arbitrary number of words.
    long most = Files.size(path);
    int[] labels = numbers(LABELS, rows, most);
    ends = find(ENDS) == null ? null : ends(rows, most);
    for (SpikeColumn column : List.of(times, units)) {
      if (ends == null) {
        column.requireLists();
        column.requireSize(REFERENCE, most * REFERENCE);
        requireRows(column, rows, "labels");
      } else {
        column.requireSize(Double.BYTES, most * Double.BYTES);
        requireRows(column, rows == 0 ? 0 : ends[ends.length - 1], "spikes");
      }
    }
    samples =
        samples(
            labels,
            find(SPEAKERS) == null ? new int[labels.length] : numbers(SPEAKERS, rows, most));
    classes = readClasses();
  }

  /**
   * Opens a file.
   *
   * @param path the file
   * @return the file; close it when done
   * @throws CochleaFileException if it is damaged or has another layout
   * @throws IOException if it cannot be read
   */
  public static CochleaFile open(Path path) throws IOException {
    Require.given("path", path);
    requireNoGzip(path);
    HdfFile hdf;
    try {
      hdf = DamagedHdf5.open(path);
    } catch (RuntimeException | StackOverflowError e) {
      throw CochleaFileException.wholeFile(
          path,
          "must be an HDF5 file, got another kind of file or a damaged one: "
              + DamagedHdf5.reason(e),
          e);
    }
    try {
      return new CochleaFile(path, hdf);
    } catch (IOException | RuntimeException e) {
      hdf.close();
      throw e;
    }
  }

  private static void requireNoGzip(Path path) throws IOException {
    RegularFiles.requireNoFolder(path);
    byte[] begin;
    try (var bytes = Files.newInputStream(path)) {
      begin = bytes.readNBytes(2);
    }
    if (begin.length == 2 && ((begin[0] & 0xff) << Byte.SIZE | begin[1] & 0xff) == GZIP) {
      throw CochleaFileException.wholeFile(
          path, "must be an HDF5 file, got a gzipped one. Unpack it first: gunzip " + path, null);
    }
  }

  private static List<CochleaSample> samples(int[] labels, int[] speakers) {
    List<CochleaSample> samples = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      samples.add(new CochleaSample(i, labels[i], speakers[i]));
    }
    return List.copyOf(samples);
  }

  private void requireRows(SpikeColumn column, long rows, String things) throws IOException {
    if (column.rows() != rows) {
      throw new CochleaFileException(
          path,
          column.name,
          "must have a row for each of the " + rows + " " + things,
          column.rows());
    }
  }

  /** A whole number for every word. */
  private int[] numbers(String name, long rows, long most) throws IOException {
    SpikeColumn column = column(name);
    requireRows(column, rows, "labels");
    column.requireSize(Long.BYTES, most * Long.BYTES);
    return column.wholeNumbers();
  }

  private int[] ends(long rows, long most) throws IOException {
    int[] numbers = numbers(ENDS, rows, most);
    for (int word = 1; word < numbers.length; word++) {
      if (numbers[word] < numbers[word - 1]) {
        throw new CochleaFileException(
            path, ENDS, "must not fall", numbers[word] + " after " + numbers[word - 1]);
      }
    }
    return numbers;
  }

  private List<String> readClasses() throws IOException {
    int largest = samples.stream().mapToInt(CochleaSample::label).max().orElse(-1);
    if (find(KEYS) == null) {
      if (largest >= samples.size()) {
        throw new CochleaFileException(
            path, LABELS, "must be below the number of words without " + KEYS, largest);
      }
      return IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toList();
    }
    SpikeColumn keys = column(KEYS);
    keys.requireSize(MOST_OF_KEYS, MOST_OF_KEYS);
    List<String> names = List.of(keys.texts());
    if (largest >= names.size()) {
      throw new CochleaFileException(
          path, LABELS, "must be below the number of " + KEYS + ", " + names.size(), largest);
    }
    return names;
  }

  private SpikeColumn column(String name) throws CochleaFileException {
    return new SpikeColumn(path, name, find(name));
  }

  /** A node by its names from the root; null if it does not exist. */
  private Node find(String name) throws CochleaFileException {
    try {
      Node node = hdf;
      for (String step : name.split("/")) {
        node = node instanceof Group group ? group.getChild(step) : null;
      }
      return node;
    } catch (RuntimeException | StackOverflowError e) {
      throw new CochleaFileException(
          path, name, "must be readable", e + ". Possible cause: damage", e);
    }
  }

  /** {@return all words, in file order} */
  public List<CochleaSample> samples() {
    return samples;
  }

  /**
   * {@return the words of certain speakers, to split a file by speaker, in file order}
   *
   * @param speakers selects speakers
   */
  public List<CochleaSample> samplesOf(IntPredicate speakers) {
    Require.given("speakers", speakers);
    return samples.stream().filter(sample -> speakers.test(sample.speaker())).toList();
  }

  /** {@return the distinct numbers of the speakers, ascending} */
  public List<Integer> speakers() {
    return samples.stream().map(CochleaSample::speaker).distinct().sorted().toList();
  }

  /** {@return the names of the classes, one per label} */
  public List<String> classes() {
    return classes;
  }

  /**
   * {@return the spikes of a word, read from the file}
   *
   * @param sample a word of this file
   * @throws IllegalArgumentException if the file has no such word
   * @throws CochleaFileException if it is damaged there
   */
  public synchronized CochleaSpikes read(CochleaSample sample) throws CochleaFileException {
    requireOwn(sample);
    int row = sample.index();
    String where = "row " + row + ": ";
    int begin = ends == null || row == 0 ? 0 : ends[row - 1];
    if (ends != null && begin == ends[row]) {
      return new CochleaSpikes(new float[0], new int[0]);
    }
    Object list = ends == null ? times.list(row) : times.part(begin, ends[row]);
    float[] seconds = times.numbers(list, where);
    list = ends == null ? units.list(row) : units.part(begin, ends[row]);
    int[] channels = units.wholeNumbers(list, where);
    try {
      return new CochleaSpikes(seconds, channels);
    } catch (IllegalArgumentException e) {
      throw CochleaFileException.at(path, "sample " + row, e);
    }
  }

  /**
   * Checks that a word is one of this file.
   *
   * @param sample the word
   * @throws IllegalArgumentException if the file has no such word
   */
  public void requireOwn(CochleaSample sample) {
    int row = Require.given("sample", sample).index();
    Require.not(
        row >= samples.size() || !samples.get(row).equals(sample),
        "sample must be one of the %s of %s, got %s. Possible cause: it is of another " + "file",
        samples.size(),
        path,
        sample);
  }

  /** Closes the file. */
  @Override
  public synchronized void close() {
    hdf.close();
  }

  @Override
  public String toString() {
    return String.format(
        "%s: %s words of %s classes by %s speakers",
        path, samples.size(), classes.size(), speakers().size());
  }
}
