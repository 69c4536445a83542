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
    assertTrue(message.contains("must hold t10k-labels-idx1-ubyte or"), message);
    assertTrue(message.startsWith("Cannot read --data, the folder of the four"), message);
    message = assertThrows(UserError.class, () -> MnistFiles.in(folder).requireAll()).getMessage();
    assertTrue(message.contains("must hold train-images-idx3-ubyte or"), message);
  }

  @Test
  void shouldNameALabelOfNoClass() throws IOException {
    copyBoth(false);
    Path labels = folder.resolve("t10k-labels-idx1-ubyte");
    byte[] bytes = Files.readAllBytes(labels);
    bytes[8 + 5] = 12;
    Files.write(labels, bytes);
    String message = refused();
    assertTrue(message.contains("label 5 of " + labels + " must be from 0 to 9, got 12"), message);
  }

  @Test
  void shouldNameImagesOfAnotherSize() throws IOException {
    copyBoth(false);
    Path images = folder.resolve("t10k-images-idx3-ubyte");
    byte[] bytes = Files.readAllBytes(images);
    bytes[11] = 14;
    bytes[15] = 56;
    Files.write(images, bytes);
    String message = refused();
    assertTrue(message.contains("must hold images of 28×28 pixels, got 14×56"), message);
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
