package org.dl4jsnn.examples.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.internal.io.SizedFiles;

/** The four files of MNIST or of a set in its format, such as Fashion-MNIST; gzipped or not. */
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
    String imagesName = part + "-images-idx3-ubyte";
    String labelsName = part + "-labels-idx1-ubyte";
    try {
      ByteBuffer images = unpacked(imagesName);
      ByteBuffer labels = unpacked(labelsName);
      int count = checkedCount(images, 2051, IMAGES_HEADER, PIXELS, imagesName);
      int labelCount = checkedCount(labels, 2049, LABELS_HEADER, 1, labelsName);
      if (count != labelCount) {
        throw UserError.of(
            "%s files must hold as many images as labels, got %d and %d", part, count, labelCount);
      }
      byte[][] pixels = new byte[count][PIXELS];
      int[] classes = new int[count];
      for (int i = 0; i < count; i++) {
        images.get(pixels[i]);
        classes[i] = checkedLabel(labels.get() & 0xFF, i, part);
      }
      return new Digits(pixels, classes);
    } catch (IOException e) {
      throw new UserError("Cannot read the " + part + " files of " + this + ": " + e, e);
    }
  }

  /** A label; a larger one would spill into the next image's place. */
  private static int checkedLabel(int label, int index, String part) {
    if (label >= Digits.CLASSES) {
      throw UserError.of(
          "label %d of %s-labels-idx1-ubyte must be from 0 to %d, got %d. Possible cause: a set"
              + " with more classes, or a damaged file",
          index, part, Digits.CLASSES - 1, label);
    }
    return label;
  }

  /** The number of items that the header says, which is read, if the file has that length. */
  private static int checkedCount(
      ByteBuffer file, int expectedMagic, int header, int itemSize, String name) {
    long size = file.remaining();
    int magic = size < header ? 0 : file.getInt();
    if (magic != expectedMagic) {
      throw UserError.of(
          "%s must begin with the number %s, got %s. Possible cause: another kind of file",
          name, expectedMagic, magic);
    }
    int count = file.getInt();
    long expected = header + (long) count * itemSize;
    if (count < 1 || size != expected) {
      throw UserError.of(
          "%s must be %s bytes long unpacked for its %s items, got %s. Possible cause: an"
              + " incomplete download",
          name, expected, count, size);
    }
    file.position(header);
    return count;
  }

  private ByteBuffer unpacked(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = open(name)) {
      SizedFiles.copy(in, bytes, name);
    }
    return ByteBuffer.wrap(bytes.toByteArray());
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
