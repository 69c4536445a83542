package org.dl4jsnn.examples.data;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.deeplearning4j.datasets.mnist.MnistManager;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.internal.io.SizedFiles;

/**
 * The four files of MNIST or of a set in its format, such as Fashion-MNIST; gzipped or not. Read by
 * Deeplearning4j's {@link MnistManager}, which needs plain files and trusts their headers, so this
 * class unpacks and checks them.
 */
public final class MnistFiles {

  private static final int IMAGES_HEADER = 16;
  private static final int LABELS_HEADER = 8;
  private static final int PIXELS = 28 * 28;

  private final Path folder;

  private MnistFiles(Path folder) {
    this.folder = folder;
  }

  /** Files in a folder; the bundled ones if it is null. */
  public static MnistFiles in(Path folder) {
    return new MnistFiles(folder);
  }

  /** The subset bundled with the examples: 12,000 training and 2,000 test digits. */
  public static MnistFiles embedded() {
    return new MnistFiles(null);
  }

  /** Looks for the four files without reading them. */
  public void requireAll() {
    for (String part : List.of("train", "t10k")) {
      for (String kind : List.of("images-idx3", "labels-idx1")) {
        String name = part + "-" + kind + "-ubyte";
        if (!Files.exists(folder.resolve(name)) && !Files.exists(folder.resolve(name + ".gz"))) {
          throw missing(name);
        }
      }
    }
  }

  public Digits training() {
    return read("train");
  }

  public Digits test() {
    return read("t10k");
  }

  @Override
  public String toString() {
    return folder == null ? "embedded MNIST subset (first digits of each part)" : folder.toString();
  }

  private Digits read(String part) {
    try (Unpacked images = unpacked(part + "-images-idx3-ubyte");
        Unpacked labels = unpacked(part + "-labels-idx1-ubyte")) {
      return read(images.file, labels.file, part);
    } catch (IOException e) {
      throw new UserError("Cannot read the " + part + " files of " + this + ": " + e, e);
    }
  }

  /** A file that exists until it is closed. */
  private record Unpacked(Path file) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      Files.delete(file);
    }
  }

  private Digits read(Path images, Path labels, String part) throws IOException {
    int count = checkedCount(images, IMAGES_HEADER, PIXELS, part + "-images-idx3-ubyte");
    int labelCount = checkedCount(labels, LABELS_HEADER, 1, part + "-labels-idx1-ubyte");
    if (count != labelCount) {
      throw new UserError(
          part + " files must hold as many images as labels, got " + count + " and " + labelCount);
    }
    MnistManager manager = new MnistManager(images.toString(), labels.toString(), count);
    try {
      byte[][] pixels = new byte[count][];
      int[] classes = new int[count];
      for (int i = 0; i < count; i++) {
        pixels[i] = manager.readImageUnsafe(i);
        classes[i] = checkedLabel(manager.readLabel(i), i, part);
      }
      return new Digits(pixels, classes);
    } finally {
      manager.close();
    }
  }

  /** A label; a larger one would spill into the next image's place. */
  private static int checkedLabel(int label, int index, String part) {
    if (label < 0 || label >= Digits.CLASSES) {
      throw UserError.of(
          "label %d of %s-labels-idx1-ubyte must be from 0 to %d, got %d. Possible cause: a set"
              + " with more classes, or a damaged file",
          index, part, Digits.CLASSES - 1, label);
    }
    return label;
  }

  /** The number of items in the header, if the file has the matching length. */
  private static int checkedCount(Path file, int header, int itemSize, String name)
      throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      long size = Files.size(file);
      int magic = size < header ? 0 : in.readInt();
      int expectedMagic = header == IMAGES_HEADER ? 2051 : 2049;
      if (magic != expectedMagic) {
        throw UserError.of(
            "%s must begin with the number %s, got %s. Possible cause: another kind of file",
            name, expectedMagic, magic);
      }
      int count = in.readInt();
      long expected = header + (long) count * itemSize;
      if (count < 1 || size != expected) {
        throw UserError.of(
            "%s must be %s bytes long unpacked for its %s items, got %s. Possible cause: an"
                + " incomplete download",
            name, expected, count, size);
      }
      return count;
    }
  }

  /** Unpacks a file to a temporary file. */
  private Unpacked unpacked(String name) throws IOException {
    try (InputStream in = open(name)) {
      Path plain = Files.createTempFile(name, "");
      try (OutputStream out = Files.newOutputStream(plain)) {
        SizedFiles.copy(in, out, name);
      } catch (IOException | RuntimeException e) {
        Files.delete(plain);
        throw e;
      }
      return new Unpacked(plain);
    }
  }

  private InputStream open(String name) throws IOException {
    if (folder == null) {
      return new GZIPInputStream(MnistFiles.class.getResourceAsStream("/mnist/" + name + ".gz"));
    }
    Path plain = folder.resolve(name);
    Path gzipped = folder.resolve(name + ".gz");
    if (Files.exists(plain)) {
      return Files.newInputStream(plain);
    }
    if (Files.exists(gzipped)) {
      return new GZIPInputStream(Files.newInputStream(gzipped));
    }
    throw missing(name);
  }

  private UserError missing(String name) {
    return UserError.of(
        "Cannot find %s or %s.gz in %s. --data takes the folder of the four MNIST files,"
            + " train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and"
            + " t10k-labels-idx1-ubyte, gzipped or not; Deeplearning4j's MnistDataSetIterator"
            + " downloads them to ~/.deeplearning4j/data/MNIST",
        name, name, folder.toAbsolutePath());
  }
}
