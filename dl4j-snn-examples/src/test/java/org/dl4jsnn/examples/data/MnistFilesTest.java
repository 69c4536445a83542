package org.dl4jsnn.examples.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.internal.io.SizedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.dataset.DataSet;

class MnistFilesTest {

  @TempDir private Path folder;

  @Test
  void shouldReadTheEmbeddedSubset() {
    Digits training = MnistFiles.embedded().training();
    assertEquals(12_000, training.size());
    assertEquals(2_000, MnistFiles.embedded().test().size());
    // The first digits of MNIST are known.
    assertEquals("[5, 0, 4, 1, 9]", Arrays.toString(Arrays.copyOf(training.labels(), 5)));
  }

  @Test
  void shouldReadPlainAndGzippedFiles() throws IOException {
    copy("t10k-images-idx3-ubyte", true);
    copy("t10k-labels-idx1-ubyte", false);
    assertEquals(2_000, MnistFiles.in(folder).test().size());
  }

  private String refused() {
    return assertThrows(UserError.class, () -> MnistFiles.in(folder).test()).getMessage();
  }

  private void copyBoth(boolean gzipped) throws IOException {
    copy("t10k-images-idx3-ubyte", gzipped);
    copy("t10k-labels-idx1-ubyte", gzipped);
  }

  @Test
  void shouldNameAMissingFile() throws IOException {
    copy("t10k-images-idx3-ubyte", true);
    String message = refused();
    assertTrue(message.startsWith("Cannot find t10k-labels-idx1-ubyte"), message);
  }

  @Test
  void shouldNameATruncatedFile() throws IOException {
    copyBoth(false);
    Path images = folder.resolve("t10k-images-idx3-ubyte");
    Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 5000));
    String message = refused();
    assertTrue(message.contains("must be 1568016 bytes long"), message);
  }

  @Test
  void shouldStopUnpackingAtTheLimit() throws IOException {
    copyBoth(true);
    System.setProperty(SizedFiles.DATA_PROPERTY, "1000000");
    try {
      String message = refused();
      assertTrue(message.contains("t10k-images-idx3-ubyte must have at most 1000000"), message);
      assertTrue(message.contains("-D" + SizedFiles.DATA_PROPERTY), message);
    } finally {
      System.clearProperty(SizedFiles.DATA_PROPERTY);
    }
  }

  @Test
  void shouldNameALabelOfNoClass() throws IOException {
    copyBoth(false);
    Path labels = folder.resolve("t10k-labels-idx1-ubyte");
    byte[] bytes = Files.readAllBytes(labels);
    bytes[8 + 5] = 12;
    Files.write(labels, bytes);
    String message = refused();
    assertTrue(
        message.startsWith("label 5 of t10k-labels-idx1-ubyte must be from 0 to 9, got 12"),
        message);
  }

  @Test
  void shouldNameAFileOfAnotherKind() throws IOException {
    copy("t10k-images-idx3-ubyte", false);
    Files.copy(folder.resolve("t10k-images-idx3-ubyte"), folder.resolve("t10k-labels-idx1-ubyte"));
    String message = refused();
    assertTrue(message.contains("t10k-labels-idx1-ubyte must begin with the number 2049"), message);
  }

  @Test
  void shouldShuffleByNothingButSeedAndEpoch() {
    Digits digits = MnistFiles.embedded().test();
    DataSet once = digits.shuffled(64, 1, 3).next();
    assertEquals(once, digits.shuffled(64, 1, 3).next());
    assertTrue(!once.equals(digits.shuffled(64, 1, 4).next()));
    assertTrue(!once.equals(digits.shuffled(64, 2, 3).next()));
  }

  private void copy(String name, boolean gzipped) throws IOException {
    try (InputStream in = MnistFiles.class.getResourceAsStream("/mnist/" + name + ".gz")) {
      if (gzipped) {
        Files.copy(in, folder.resolve(name + ".gz"));
      } else {
        Files.copy(new GZIPInputStream(in), folder.resolve(name));
      }
    }
  }
}
