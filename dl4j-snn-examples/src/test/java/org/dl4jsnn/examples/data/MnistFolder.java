package org.dl4jsnn.examples.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The first of the embedded digits, as the files that {@code --data} takes. */
public final class MnistFolder {

  private MnistFolder() {}

  public static void write(Path folder, int training, int test) throws IOException {
    write(folder, "train", MnistFiles.embedded().training(), training);
    write(folder, "t10k", MnistFiles.embedded().test(), test);
  }

  private static void write(Path folder, String part, Digits digits, int count) throws IOException {
    ByteBuffer images = ByteBuffer.allocate(16 + count * 784);
    images.putInt(2051).putInt(count).putInt(28).putInt(28);
    ByteBuffer labels = ByteBuffer.allocate(8 + count);
    labels.putInt(2049).putInt(count);
    for (int i = 0; i < count; i++) {
      images.put(digits.images()[i]);
      labels.put((byte) digits.labels()[i]);
    }
    Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
    Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
  }
}
