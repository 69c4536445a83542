package org.dl4jsnn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeFileTest {

  @TempDir private Path folder;

  @Test
  void shouldKeepTheOldFileWhereWritingFails() throws IOException {
    Path file = folder.resolve("new folder").resolve("a.zip");
    SafeFile.replace(file, aside -> Files.writeString(aside, "old"));
    SafeFile.Writer failing =
        aside -> {
          Files.writeString(aside, "half");
          throw new IOException("disk full");
        };
    assertThrows(IOException.class, () -> SafeFile.replace(file, failing));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("a.zip"), names(file.getParent()));
  }

  @Test
  void shouldCleanUpWhatKilledProgramsLeft() throws IOException {
    Path file = folder.resolve("a.zip");
    Files.createDirectories(folder.resolve("a.zip.123.new"));
    Files.writeString(folder.resolve("a.zip.123.new").resolve("a.zip"), "half");
    for (String other : List.of("a.zip456.new", "a.zip", "b.a.zip.123.new", "a.zip.new")) {
      Files.writeString(folder.resolve(other), "");
    }
    SafeFile.cleanUp(file);
    assertEquals(List.of("a.zip", "a.zip.new", "b.a.zip.123.new"), names(folder));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
