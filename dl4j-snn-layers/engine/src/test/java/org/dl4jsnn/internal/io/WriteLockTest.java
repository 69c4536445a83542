package org.dl4jsnn.internal.io;

import static org.dl4jsnn.Messages.assertBegins;
import static org.dl4jsnn.Messages.assertMessage;
import static org.dl4jsnn.Messages.assertRefused;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteLockTest {

  private static final WriteLock.Unlockable UNTOLD =
      (file, cause) -> {
        throw new AssertionError(file + " must be lockable", cause);
      };

  @TempDir private Path folder;

  @Test
  void shouldKeepASecondProgramOutUntilTheFirstOneEnds() throws IOException {
    Path model = folder.resolve("new folder").resolve("model.zip");
    Path same = model.resolveSibling("..").resolve("new folder").resolve("model.zip");
    for (int time = 0; time < 2; time++) {
      try (WriteLock lock = WriteLock.of("--model", model, UNTOLD)) {
        assertTrue(lock != null);
        assertMessage(
            IOException.class,
            "--model must be written by one program at a time, got "
                + same
                + ", which is written by this process. Wait until that program ends, stop"
                + " it, or name another file",
            () -> WriteLock.of("--model", same, UNTOLD));
      }
    }
  }

  @Test
  void shouldLeaveALaterLockAloneIfClosedTwice() throws IOException {
    Path model = folder.resolve("model.zip");
    WriteLock first = WriteLock.of("--model", model, UNTOLD);
    first.close();
    try (WriteLock second = WriteLock.of("--model", model, UNTOLD)) {
      first.close();
      assertTrue(second != null);
      assertRefused(
          IOException.class,
          () -> WriteLock.of("--model", model, UNTOLD),
          "which is written by this process");
    }
  }

  @Test
  void shouldReportWhereNothingCanBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Path model = file.resolve("model.zip");
    for (int time = 0; time < 2; time++) {
      assertBegins(
          IOException.class,
          "Cannot write next to --model " + model + ": ",
          () -> WriteLock.of("--model", model, UNTOLD));
    }
  }

  @Test
  void shouldKnowAFolderByAllOfItsNames() throws IOException {
    Path models = Files.createDirectory(folder.resolve("models"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), models);
    for (int time = 0; time < 2; time++) {
      try (WriteLock lock = WriteLock.of("--model", models.resolve("model.zip"), UNTOLD)) {
        assertTrue(lock != null);
        assertRefused(
            IOException.class,
            () -> WriteLock.of("--model", link.resolve("model.zip"), UNTOLD),
            "which is written by this process");
      }
      WriteLock.of("--model", link.resolve("model.zip"), UNTOLD).close();
    }
  }
}
