package org.dl4jsnn.monitor.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.dl4jsnn.Require;

/** A file that is written anew as a whole: aside, then put in the place of the old one. */
final class ReportFile {

  private final Path file;
  private final Path aside;

  ReportFile(Path file) {
    this.file = Require.given("file", file).toAbsolutePath();
    aside =
        this.file.resolveSibling(
            this.file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
  }

  void write(String text) {
    try {
      Files.writeString(aside, text);
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the health of spikes to " + file + ": " + e, e);
    }
  }
}
