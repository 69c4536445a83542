package org.dl4jsnn.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NMnistWriterTest {

  private static final SensorSize LARGE = new SensorSize(256, 240);

  @TempDir private Path folder;

  /** PK, 3, 4, and a line of Prophesee's headers. */
  @Test
  void shouldRefuseFirstEventsThatLookLikeOtherFiles() throws IOException {
    try (NMnistWriter writer = new NMnistWriter(folder.resolve("a.bin"), LARGE)) {
      assertThrows(
          IllegalArgumentException.class, () -> writer.accept(80, 75, 197_700, false), "zip");
      assertThrows(
          IllegalArgumentException.class, () -> writer.accept(37, 32, 2_600, true), "header");
      // Whose line would end with a later event.
      assertThrows(
          IllegalArgumentException.class, () -> writer.accept(37, 32, 12_336, true), "header");
      writer.accept(80, 75, 197_700, true);
      writer.finish();
    }
    ReadOptions sized = ReadOptions.defaults().sensor(256, 240);
    assertEquals(1, EventFiles.read(folder.resolve("a.bin"), sized).size());
  }

  /** 1F 8B 08: only a sensor larger than N-MNIST's can have such an event. */
  @Test
  void shouldRefuseAFirstEventThatLooksLikeACompressedFile() throws IOException {
    try (NMnistWriter writer = new NMnistWriter(folder.resolve("a.bin"), LARGE)) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> writer.accept(31, 139, 524_288, false))
              .getMessage();
      assertEquals(
          "the first event must not be (31, 139) OFF at 524288 µs: its bytes begin a gzipped file,"
              + " a zip archive or a text, and the file would be read as one",
          message);
      writer.accept(31, 138, 524_288, false);
      writer.accept(31, 139, 524_288, false);
      writer.finish();
    }
    EventTable events =
        EventFiles.read(
            folder.resolve("a.bin"),
            ReadOptions.defaults().as(EventFormat.N_MNIST).sensor(256, 240));
    assertEquals(2, events.size());
  }
}
