package org.dl4jsnn.examples.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Files in the format of CIFAR-10 of random images. */
public final class CifarBytes {

  static final int RECORD = 3073;

  private CifarBytes() {}

  /** Writes all six files; the labels cycle, from file to file. */
  public static void writeAll(Path folder, int records) throws IOException {
    for (int file = 1; file <= 5; file++) {
      Files.write(folder.resolve("data_batch_" + file + ".bin"), bytes(records, file));
    }
    Files.write(folder.resolve("test_batch.bin"), bytes(records, 6));
  }

  private static byte[] bytes(int records, int file) {
    byte[] bytes = new byte[records * RECORD];
    new Random(file).nextBytes(bytes);
    for (int i = 0; i < records; i++) {
      bytes[i * RECORD] = (byte) (((file - 1) * records + i) % 10);
    }
    return bytes;
  }
}
