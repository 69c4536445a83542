package org.dl4jsnn.data;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.dl4jsnn.internal.io.SizedFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files that are no IDX files of images and labels are refused with. */
class DamagedIdxFilesTest {

  private static final int COUNT = 5;

  @TempDir private Path folder;

  private Path images;
  private Path labels;

  @BeforeEach
  void write() throws IOException {
    images = Files.write(folder.resolve("images"), IdxFiles.images(COUNT));
    labels = Files.write(folder.resolve("labels"), IdxFiles.labels(COUNT));
  }

  @AfterEach
  void forget() {
    System.clearProperty(SizedFiles.DATA_PROPERTY);
  }

  private void assertWrong(String beginning) {
    assertBegins(IOException.class, beginning, () -> IdxDataSetIterator.builder(images, labels));
  }

  /** A header and as many bytes after it. */
  private static byte[] file(int magic, int count, int rows, int columns, int bytes) {
    return ByteBuffer.allocate(16 + bytes)
        .putInt(magic)
        .putInt(count)
        .putInt(rows)
        .putInt(columns)
        .array();
  }

  @Test
  void shouldNameFilesOfAnotherKind() throws IOException {
    assertBegins(
        IOException.class,
        labels
            + " must begin with the number 2051, got 2049. Possible cause: images in"
            + " place of labels or the other way round",
        () -> IdxDataSetIterator.builder(labels, images));
    Files.write(labels, IdxFiles.images(COUNT));
    assertWrong(labels + " must begin with the number 2049, got 2051.");
    Files.write(images, file(0x0D03, COUNT, 2, 3, COUNT * 6 * 4)); // floats
    assertWrong(images + " must begin with the number 2051, got 3331.");
    Files.writeString(images, "<html>not found</html>");
    assertWrong(images + " must begin with the number 2051, got 1013478509.");
    Files.write(images, new byte[0]);
    assertWrong(images + " must begin with a header of 16 bytes, got 0. Possible cause");
    Files.write(images, Arrays.copyOf(IdxFiles.images(COUNT), 15));
    assertWrong(images + " must begin with a header of 16 bytes, got 15.");
  }

  @Test
  void shouldNameFilesOfAnotherLength() throws IOException {
    byte[] whole = IdxFiles.images(COUNT);
    Files.write(images, Arrays.copyOf(whole, 40));
    String expected =
        images + " must be 46 bytes long unpacked, as its header [5, 2, 3] says, got ";
    assertWrong(expected + "40. Possible cause: an incomplete download, or a damaged file");
    Files.write(images, IdxFiles.gzipped(Arrays.copyOf(whole, 40)));
    assertWrong(expected + "40.");
    Files.write(images, Arrays.copyOf(whole, 48));
    assertWrong(expected + "47 or more.");
  }

  @Test
  void shouldNameGzippedFilesThatDoNotUnpack() throws IOException {
    byte[] packed = IdxFiles.gzipped(IdxFiles.images(COUNT));
    for (int length = 2; length < packed.length; length++) {
      Files.write(images, Arrays.copyOf(packed, length));
      assertWrong(images + " must unpack to its end, got java.io.EOFException");
    }
    packed[packed.length - 6] ^= 1; // of the checksum
    Files.write(images, packed);
    assertWrong(images + " must unpack to its end, got java.util.zip.ZipException");
  }

  @Test
  void shouldNameCountsThatDiffer() throws IOException {
    Files.write(labels, IdxFiles.labels(COUNT + 1));
    assertWrong(
        labels + " must hold a label for each of the 5 images of " + images + ", got 6. Possible");
  }

  @Test
  void shouldNameSizesThatAreNone() throws IOException {
    for (int[] sizes : new int[][] {{0, 2, 3}, {1 << 30, 0, 3}, {1 << 30, 2, 0}, {5, -1, 3}}) {
      Files.write(images, file(2051, sizes[0], sizes[1], sizes[2], 30));
      assertWrong(images + " must have sizes from 1 to 2147483647 in its header, got ");
    }
    assertRefused(
        IOException.class, () -> IdxDataSetIterator.builder(images, labels), "got 4294967295.");
  }

  @Test
  void shouldNameSizesBeyondTheLimit() throws IOException {
    for (int[] sizes : new int[][] {{Integer.MAX_VALUE, 28, 28}, {1 << 30, 1 << 30, 1 << 30}}) {
      Files.write(images, file(2051, sizes[0], sizes[1], sizes[2], 30));
      assertWrong(images + " must have at most 1073741824 bytes, got ");
      assertRefused(
          IOException.class,
          () -> IdxDataSetIterator.builder(images, labels),
          " by its header " + Arrays.toString(sizes) + ". Possible cause: a damaged file");
    }
    System.setProperty(SizedFiles.DATA_PROPERTY, "29");
    Files.write(images, IdxFiles.images(COUNT));
    assertRefused(
        IOException.class,
        () -> IdxDataSetIterator.builder(images, labels),
        "must have at most 29 bytes, got 30",
        "-D" + SizedFiles.DATA_PROPERTY);
    System.setProperty(SizedFiles.DATA_PROPERTY, "30");
    assertEquals(COUNT, IdxDataSetIterator.builder(images, labels).build().samples());
  }

  /** A header may claim just below the limit; memory is set aside for what follows it alone. */
  @Test
  void shouldSetNoMemoryAsideForWhatAHeaderClaims() throws IOException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] claim = file(2051, 1 << 20, 32, 32, 30);
    for (byte[] content : new byte[][] {claim, IdxFiles.gzipped(claim)}) {
      Files.write(images, content);
      long before = threads.getCurrentThreadAllocatedBytes();
      assertWrong(images + " must be 1073741840 bytes long unpacked, as its header");
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(allocated < 4_000_000, allocated + " bytes");
    }
  }

  @Test
  void shouldNameWhatIsNoFile() throws IOException {
    assertThrows(
        NoSuchFileException.class, () -> IdxDataSetIterator.builder(folder.resolve("a"), labels));
    assertThrows(FileSystemException.class, () -> IdxDataSetIterator.builder(folder, labels));
    assertBegins("images must be given", () -> IdxDataSetIterator.builder(null, labels));
    assertBegins("labels must be given", () -> IdxDataSetIterator.builder(images, null));
    assertBegins("folder must be given", () -> IdxDataSetIterator.training(null));
    assertBegins("folder must be given", () -> IdxDataSetIterator.test(null));
  }
}
