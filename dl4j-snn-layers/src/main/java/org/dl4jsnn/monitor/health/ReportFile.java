package org.dl4jsnn.monitor.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.dl4jsnn.internal.FileAside;
import org.dl4jsnn.internal.Require;

/**
 * A file that is written anew as a whole with every report.
 *
 * @param file where
 */
record ReportFile(Path file) {

  ReportFile {
    Require.given("file", file);
  }

  void write(String text) {
    try (FileAside aside = new FileAside(file)) {
      aside.out().write(text.getBytes(StandardCharsets.UTF_8));
      aside.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the health of spikes to " + file + ": " + e, e);
    }
  }
}
