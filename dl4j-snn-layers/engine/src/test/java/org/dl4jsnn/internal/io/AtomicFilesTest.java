package org.dl4jsnn.internal.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {

  @TempDir private Path folder;

  private static AtomicFile.Writer text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, AtomicFile.Writer> files(
      AtomicFile.Writer one, AtomicFile.Writer two) {
    Map<String, AtomicFile.Writer> files = new LinkedHashMap<>();
    files.put("one", one);
    files.put("two", two);
    return files;
  }

  private List<String> texts() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      assertEquals(
          List.of("one", "two"), all.map(f -> f.getFileName().toString()).sorted().toList());
    }
    return List.of(
        Files.readString(folder.resolve("one")), Files.readString(folder.resolve("two")));
  }

  @Test
  void shouldKeepAllOldFilesIfTheLastFails() throws IOException {
    AtomicFiles.replace(folder, files(text("old"), text("of old")));
    IOException full = new IOException("disk full");
    AtomicFile.Writer failing =
        out -> {
          out.write(new byte[1 << 20]);
          throw full;
        };
    assertSame(
        full,
        assertThrows(
            IOException.class, () -> AtomicFiles.replace(folder, files(text("new"), failing))));
    assertEquals(List.of("old", "of old"), texts());
    AtomicFiles.replace(folder, files(text("new"), text("of new")));
    assertEquals(List.of("new", "of new"), texts());
  }

  @Test
  void shouldMoveNoneBeforeAllAreComplete() throws IOException {
    AtomicFiles.replace(folder, files(text("old"), text("of old")));
    Path one = folder.resolve("one");
    AtomicFiles.replace(
        folder, files(text("new"), out -> assertEquals("old", Files.readString(one))));
    assertEquals(List.of("new", ""), texts());
  }

  @Test
  void shouldWriteThoughItsThreadIsInterrupted() throws IOException {
    boolean[] done = {false};
    AtomicFile.Writer interrupting =
        out -> {
          if (!done[0]) {
            done[0] = true;
            Thread.currentThread().interrupt();
          }
          out.write(2);
        };
    Thread.currentThread().interrupt();
    AtomicFiles.replace(folder, files(text("1"), interrupting));
    assertTrue(Thread.interrupted());
    assertFalse(Thread.interrupted());
    assertEquals(List.of("1", "\u0002"), texts());
  }
}
