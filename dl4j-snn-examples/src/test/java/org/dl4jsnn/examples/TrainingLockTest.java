package org.dl4jsnn.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLockTest {

  @TempDir private Path folder;
  private final Output output = new Output(new PrintWriter(new StringWriter()));

  @Test
  void shouldKeepASecondTrainingOutUntilTheFirstOneEnds() {
    Path model = folder.resolve("new folder").resolve("model.zip");
    Path same = model.resolveSibling("..").resolve("new folder").resolve("model.zip");
    for (int time = 0; time < 2; time++) {
      try (TrainingLock lock = TrainingLock.of("--model", model, output)) {
        assertTrue(lock != null);
        String message =
            assertThrows(UserError.class, () -> TrainingLock.of("--model", same, output))
                .getMessage();
        assertEquals(
            "--model must be written by one program at a time, got "
                + same
                + ", which is written by this process. Wait until that one has ended, stop"
                + " it, or name another file",
            message);
      }
    }
  }

  @Test
  void shouldTellWhereNothingCanBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    Path model = file.resolve("model.zip");
    for (int time = 0; time < 2; time++) {
      String message =
          assertThrows(UserError.class, () -> TrainingLock.of("--model", model, output))
              .getMessage();
      assertTrue(message.startsWith("Cannot write beside --model " + model + ": "), message);
    }
  }
}
