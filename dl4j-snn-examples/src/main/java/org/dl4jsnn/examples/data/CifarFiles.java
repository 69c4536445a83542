package org.dl4jsnn.examples.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.dl4jsnn.examples.support.UserError;

/** The six files of the binary version of CIFAR-10. */
public record CifarFiles(Path folder, int records) {

  /** The required files and where to get them. */
  public static final String HOW_TO_GET =
      "It is the folder of data_batch_1.bin to data_batch_5.bin and test_batch.bin, each of 10,000"
          + " records of 3,073 bytes (30,730,000 bytes per file): a label from 0 to 9, then 1,024"
          + " red, 1,024 green and 1,024 blue pixels, row by row. To get it, download 'CIFAR-10"
          + " binary version' from https://www.cs.toronto.edu/~kriz/cifar.html (MD5 of the tar.gz:"
          + " c32a1d4ab5d03f1284b67883e8d87530) and unpack it with tar xzf; the files lie in its"
          + " folder cifar-10-batches-bin";

  private static final List<String> TRAINING =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin");

  private static final List<String> TEST = List.of("test_batch.bin");
  private static final String UNPACKED = "cifar-10-batches-bin";

  /** Of each file. */
  public static final int RECORDS = 10_000;

  private static final int RECORD = 1 + ColourImages.CHANNELS * ColourImages.PIXELS_OF_CHANNEL;

  /** Files in a folder, or in the subfolder created by unpacking the archive. */
  public static CifarFiles in(Path folder) {
    return in(folder, RECORDS);
  }

  /** Files with another number of records each, for tests. */
  public static CifarFiles in(Path folder, int records) {
    if (folder == null) {
      throw new UserError("--data must name the folder of CIFAR-10, got none. " + HOW_TO_GET);
    }
    Path inside = folder.resolve(UNPACKED);
    return new CifarFiles(
        (Files.isDirectory(inside) ? inside : folder).toAbsolutePath().normalize(), records);
  }

  public ColourImages training() {
    return read(TRAINING);
  }

  public ColourImages test() {
    return read(TEST);
  }

  @Override
  public String toString() {
    return folder.toString();
  }

  private ColourImages read(List<String> names) {
    byte[][] images = new byte[names.size() * records][];
    int[] labels = new int[images.length];
    for (int file = 0; file < names.size(); file++) {
      byte[] bytes = bytes(folder.resolve(names.get(file)));
      for (int i = 0; i < records; i++) {
        int start = i * RECORD;
        int image = file * records + i;
        labels[image] = label(bytes[start] & 0xFF, i, folder.resolve(names.get(file)));
        images[image] = Arrays.copyOfRange(bytes, start + 1, start + RECORD);
      }
    }
    return new ColourImages(images, labels);
  }

  /** The bytes of a file, if their number is right. */
  private byte[] bytes(Path file) {
    long expected = (long) records * RECORD;
    if (!Files.isRegularFile(file)) {
      throw UserError.of(
          "%s must be a file of %s bytes, got %s. Possible cause: --data names another folder, or"
              + " another version of the data. %s",
          file,
          expected,
          Files.isDirectory(folder) ? "no such file" : "no such folder",
          HOW_TO_GET);
    }
    return UserError.explained(
        "Cannot read " + file + ": ",
        () -> {
          long size = Files.size(file);
          if (size != expected) {
            throw UserError.of(
                "%s must be %s bytes long, got %s. Possible cause: an incomplete download, or another"
                    + " data set. %s",
                file, expected, size, HOW_TO_GET);
          }
          return Files.readAllBytes(file);
        });
  }

  private static int label(int label, int record, Path file) {
    if (label >= ColourImages.CLASSES) {
      throw UserError.of(
          "The label of record %s of %s must be from 0 to %s, got %s. Possible cause: a damaged"
              + " file, or another data set. %s",
          record, file, ColourImages.CLASSES - 1, label, HOW_TO_GET);
    }
    return label;
  }
}
