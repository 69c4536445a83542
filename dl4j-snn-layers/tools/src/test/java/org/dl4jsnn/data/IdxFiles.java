package org.dl4jsnn.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small files in MNIST's format: image i has the pixels i, i + 1, …, and the label i modulo 4. */
final class IdxFiles {

  static final int ROWS = 2;
  static final int COLUMNS = 3;
  static final int CLASSES = 4;

  private IdxFiles() {}

  static byte[] images(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + count * ROWS * COLUMNS);
    bytes.putInt(2051).putInt(count).putInt(ROWS).putInt(COLUMNS);
    for (int i = 0; i < count; i++) {
      for (int pixel = 0; pixel < ROWS * COLUMNS; pixel++) {
        bytes.put((byte) (i + pixel));
      }
    }
    return bytes.array();
  }

  static byte[] labels(int count) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + count).putInt(2049).putInt(count);
    for (int i = 0; i < count; i++) {
      bytes.put((byte) (i % CLASSES));
    }
    return bytes.array();
  }

  static byte[] gzipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  /** Both parts, the training images gzipped and the test labels with a dot in their name. */
  static Path folder(Path folder, int training, int test) throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte.gz"), gzipped(images(training)));
    Files.write(folder.resolve("train-labels-idx1-ubyte"), labels(training));
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), images(test));
    Files.write(folder.resolve("t10k-labels.idx1-ubyte"), labels(test));
    return folder;
  }
}
