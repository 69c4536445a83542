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

  /** 1F 8B 08: only a sensor larger than N-MNIST's can have such an event. */
  @Test
  void shouldRefuseAFirstEventThatLooksLikeACompressedFile() throws IOException {
    try (NMnistWriter writer = new NMnistWriter(folder.resolve("a.bin"), LARGE)) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> writer.accept(31, 139, 524_288, false))
              .getMessage();
      assertEquals(
          "the first event must not be (31, 139) OFF at 524288 µs: its bytes begin a gzipped file,"
              + " and the file would be read as one",
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
