package org.dl4jsnn.examples.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.internal.idx.IdxImages;

/** The four files of MNIST or of a set in its format, such as Fashion-MNIST; gzipped or not. */
public record MnistFiles(Path folder) {

  private static final String CANNOT_READ =
      "Cannot read --data, the folder of the four MNIST files (Deeplearning4j's"
          + " MnistDataSetIterator downloads them to ~/.deeplearning4j/data/MNIST): ";

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
    UserError.explained(
        CANNOT_READ,
        () -> {
          IdxImages.requireAll(folder);
          return folder;
        });
  }

  public Digits training() {
    return UserError.explained(CANNOT_READ, () -> read(IdxImages.TRAINING));
  }

  public Digits test() {
    return UserError.explained(CANNOT_READ, () -> read(IdxImages.TEST));
  }

  @Override
  public String toString() {
    return folder == null ? "embedded MNIST subset (first digits of each part)" : folder.toString();
  }

  private Digits read(String part) throws IOException {
    IdxImages read =
        folder == null
            ? IdxImages.read(MnistFiles.class, "/mnist/", part)
            : IdxImages.read(folder, part);
    read.requireClasses(Digits.CLASSES);
    if (read.rows() != Digits.SIDE || read.columns() != Digits.SIDE) {
      throw UserError.of(
          "%s must hold images of %s×%s pixels, got %s×%s. Possible cause: another data set",
          read, Digits.SIDE, Digits.SIDE, read.rows(), read.columns());
    }
    return new Digits(
        IntStream.range(0, read.count()).mapToObj(read::pixels).toArray(byte[][]::new),
        IntStream.range(0, read.count()).map(read::label).toArray());
  }
}
