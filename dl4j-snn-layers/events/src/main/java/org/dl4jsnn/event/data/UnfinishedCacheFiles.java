package org.dl4jsnn.event.data;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unfinished files that killed programs left in a cache's folder. A running program, here or on
 * another machine, writes a file at once and renames it, so an old unfinished file is abandoned.
 */
final class UnfinishedCacheFiles {

  private static final Logger LOG = LoggerFactory.getLogger(UnfinishedCacheFiles.class);

  /** Far longer than writing takes. */
  private static final Duration OLD = Duration.ofMinutes(10);

  private static final Pattern ASIDE = Pattern.compile("[0-9a-f]{32}[.](frames|events).*[.]part");

  private final Path folder;
  private final AtomicBoolean done = new AtomicBoolean();

  UnfinishedCacheFiles(Path folder) {
    this.folder = folder;
  }

  /** A unique name for a file while it is written. */
  static String aside(String name) {
    return name + "." + UUID.randomUUID() + ".part";
  }

  /**
   * Deletes them on the first call.
   *
   * @param fresh a file just written in the folder, whose time gives the clock of the folder's disk
   */
  void deleteOnce(Path fresh) throws IOException {
    if (done.getAndSet(true)) {
      return;
    }
    FileTime now = Files.getLastModifiedTime(fresh);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.part")) {
      for (Path file : files) {
        if (ASIDE.matcher(file.getFileName().toString()).matches()) {
          deleteIfOld(file, now);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static void deleteIfOld(Path file, FileTime now) {
    try {
      Duration age = Duration.between(Files.getLastModifiedTime(file).toInstant(), now.toInstant());
      if (age.compareTo(OLD) > 0) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      LOG.debug("{} was renamed or deleted in the meantime", file, e);
    } catch (IOException e) {
      LOG.warn("{} of a killed program cannot be deleted: {}", file, e.toString());
    }
  }
}
