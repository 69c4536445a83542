package org.dl4jsnn.monitor.health;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.io.AtomicFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that every report rewrites completely. A failed write does not end the training: the next
 * report tries again and includes everything missed.
 */
final class ReportFile {

  private static final Logger LOG = LoggerFactory.getLogger(ReportFile.class);

  private final Path file;
  private boolean failed;

  ReportFile(Path file) {
    this.file = Require.given("file", file);
  }

  void write(String text) {
    try {
      requireFolder();
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      AtomicFile.replace(file, out -> out.write(bytes));
      failed = false;
    } catch (IOException e) {
      if (!failed) {
        LOG.warn(
            "Cannot write the health of spikes to {}: {}. The next report tries again",
            file,
            e.toString());
      }
      failed = true;
    }
  }

  /** A folder that is gone is not made again: the whole disk may be gone. */
  private void requireFolder() throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
  }
}
