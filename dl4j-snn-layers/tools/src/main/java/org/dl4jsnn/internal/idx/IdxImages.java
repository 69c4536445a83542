package org.dl4jsnn.internal.idx;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.dl4jsnn.internal.Require;

/** Grey images with labels in memory, from a pair of IDX files such as those of MNIST. */
public final class IdxImages {

  /** How the names of the training files begin. */
  public static final String TRAINING = "train";

  /** How the names of the test files begin. */
  public static final String TEST = "t10k";

  private static final String IMAGES = "-images-idx3-ubyte";
  private static final String LABELS = "-labels-idx1-ubyte";

  private final IdxFile images;
  private final IdxFile labels;

  private IdxImages(IdxFile images, IdxFile labels) throws IOException {
    this.images = images;
    this.labels = labels;
    if (images.sizes()[0] != labels.sizes()[0]) {
      throw IdxFile.wrong(
          "%s must hold a label for each of the %s images of %s, got %s. Possible cause: files of"
              + " different parts or data sets",
          labels.name(), images.sizes()[0], images.name(), labels.sizes()[0]);
    }
  }

  /**
   * Reads a pair of files.
   *
   * @throws IOException if one cannot be read or is damaged, or they do not belong together
   */
  public static IdxImages read(Path images, Path labels) throws IOException {
    return new IdxImages(IdxFile.read(images, 3), IdxFile.read(labels, 1));
  }

  /**
   * Reads a part of a data set, {@link #TRAINING} or {@link #TEST}, from a folder of the customary
   * names.
   *
   * @throws IOException as for two files, or if one is missing
   */
  public static IdxImages read(Path folder, String part) throws IOException {
    return read(file(folder, part + IMAGES), file(folder, part + LABELS));
  }

  /**
   * Reads a part from gzipped resources.
   *
   * @param root where they are, with a slash at its end
   * @throws IOException as for two files
   */
  public static IdxImages read(Class<?> loader, String root, String part) throws IOException {
    String images = part + IMAGES;
    String labels = part + LABELS;
    try (InputStream pixels = loader.getResourceAsStream(root + images + ".gz");
        InputStream classes = loader.getResourceAsStream(root + labels + ".gz")) {
      return new IdxImages(IdxFile.read(pixels, images, 3), IdxFile.read(classes, labels, 1));
    }
  }

  /**
   * Looks for the four files of a folder without reading them.
   *
   * @throws IOException if one is missing
   */
  public static void requireAll(Path folder) throws IOException {
    for (String part : new String[] {TRAINING, TEST}) {
      file(folder, part + IMAGES);
      file(folder, part + LABELS);
    }
  }

  /** Unpacking may leave a folder with the name of a file, so only files count. */
  private static Path file(Path folder, String name) throws IOException {
    String dotted = name.replace("-idx", ".idx");
    return Stream.of(name, name + ".gz", dotted, dotted + ".gz")
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new FileNotFoundException(
                    folder.toAbsolutePath()
                        + " must hold "
                        + name
                        + " or "
                        + dotted
                        + ", with .gz or without, got "
                        + (Files.isDirectory(folder) ? "no such file" : "no such folder")
                        + ". Possible cause: another folder than that of the four files, or files"
                        + " with other names, such as EMNIST's"));
  }

  /** {@return the number of images} */
  public int count() {
    return images.sizes()[0];
  }

  /** {@return the rows of an image} */
  public int rows() {
    return images.sizes()[1];
  }

  /** {@return the columns of an image} */
  public int columns() {
    return images.sizes()[2];
  }

  /** {@return a copy of the pixels of an image, row by row} */
  public byte[] pixels(int image) {
    int size = rows() * columns();
    return Arrays.copyOfRange(images.values(), image * size, (image + 1) * size);
  }

  /** {@return the label of an image} */
  public int label(int image) {
    return labels.values()[image] & 0xFF;
  }

  /** {@return the number of classes: the largest label + 1} */
  public int classes() {
    int classes = 0;
    for (int image = 0; image < count(); image++) {
      classes = Math.max(classes, label(image) + 1);
    }
    return classes;
  }

  /**
   * Checks that labels are below a number of classes.
   *
   * @throws IllegalArgumentException if one is not
   */
  public void requireClasses(int classes) {
    for (int image = 0; image < count(); image++) {
      Require.not(
          label(image) >= classes,
          "label %s of %s must be from 0 to %s, got %s. Possible cause: a set with more classes, or"
              + " a damaged file",
          image,
          labels.name(),
          classes - 1,
          label(image));
    }
  }

  @Override
  public String toString() {
    return images.name();
  }
}
