package org.dl4jsnn.monitor.health;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.io.AtomicFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that every report rewrites completely. A failed write does not end the training: the next
 * report tries again and includes everything missed.
 */
final class ReportFile implements HealthSink {

  private static final Logger LOG = LoggerFactory.getLogger(ReportFile.class);

  private final Path file;

  private final Function<List<EpochHealth>, String> text;

  private final TreeMap<Integer, EpochHealth> epochs = new TreeMap<>();

  private boolean failed;

  /** Begins with the earlier reports, up to the first newly reported epoch. */
  ReportFile(Path file, List<EpochHealth> earlier, Function<List<EpochHealth>, String> text) {
    this.file = Require.given("file", file);
    this.text = text;
    earlier.forEach(epoch -> epochs.put(epoch.epoch(), epoch));
  }

  /** Reports of this and later epochs, which an abandoned training left, are replaced. */
  @Override
  public void report(EpochHealth epoch) {
    epochs.tailMap(epoch.epoch()).clear();
    epochs.put(epoch.epoch(), epoch);
    byte[] bytes = text.apply(List.copyOf(epochs.values())).getBytes(StandardCharsets.UTF_8);
    try {
      requireFolder();
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
