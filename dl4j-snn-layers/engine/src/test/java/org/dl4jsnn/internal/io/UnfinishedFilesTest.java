package org.dl4jsnn.internal.io;

import static org.dl4jsnn.internal.io.AtomicFileTest.names;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedFilesTest {

  /** Not the number of a process: Linux ends at 2²². */
  private static final long DEAD = 999_999_999_999L;

  @TempDir private Path folder;

  @Test
  void shouldCleanUpWhatKilledProgramsLeft() throws IOException {
    Path file = folder.resolve("a.zip");
    Files.createDirectories(folder.resolve("a.zip." + DEAD + ".new"));
    Files.writeString(folder.resolve("a.zip." + DEAD + ".new").resolve("a.zip"), "half");
    for (String other : List.of("a.zip" + DEAD + ".new", "a.zip", "b.a.zip.123.new", "a.zip.new")) {
      Files.writeString(folder.resolve(other), "");
    }
    UnfinishedFiles.cleanUp(file);
    assertEquals(List.of("a.zip", "a.zip.new", "b.a.zip.123.new"), names(folder));
  }

  @Test
  void shouldLeaveWhatAnotherProgramIsWriting() throws IOException {
    long parent = ProcessHandle.current().parent().orElseThrow().pid();
    Path writing = Files.createDirectories(folder.resolve("a.zip." + parent + ".new"));
    Path own = folder.resolve("a.zip." + ProcessHandle.current().pid() + ".new");
    Files.createDirectories(own);
    UnfinishedFiles.cleanUp(folder.resolve("a.zip"));
    assertEquals(List.of(writing.getFileName().toString()), names(folder));
  }
}
