package org.dl4jsnn.event.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.dl4jsnn.internal.io.AtomicFile;
import org.dl4jsnn.internal.io.RegularFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small files in a folder, each with a checksum. They are written under a temporary name and
 * renamed, so programs that share the folder or are stopped leave only whole files. If the folder
 * fails, its content counts as missing and the program continues.
 *
 * <pre>
 *  magic and version                4 bytes
 *  CRC-32 of the name and the rest  4 bytes
 *  the rest
 * </pre>
 */
final class CacheFiles {

  private static final Logger LOG = LoggerFactory.getLogger(CacheFiles.class);

  /** "DSC" and a version, to be raised when the format changes. */
  private static final int MAGIC = 'D' << 24 | 'S' << 16 | 'C' << 8 | 1;

  private static final int HEADER = 8;

  /** The largest file in bytes; larger samples are not kept. */
  static final int LARGEST = 1 << 29;

  /** The age from which an unfinished file is abandoned: far longer than writing takes. */
  private static final Duration OLD = Duration.ofMinutes(10);

  private static final Pattern ASIDE = Pattern.compile("[0-9a-f]{32}[.](frames|events).*[.]part");

  private final Path folder;
  private final AtomicBoolean warned = new AtomicBoolean();
  private final AtomicBoolean cleaned = new AtomicBoolean();
  private volatile boolean written = true;

  CacheFiles(Path folder) {
    this.folder = folder;
  }

  /** The content stored under a name; empty if missing, damaged or unreadable, which is logged. */
  Optional<byte[]> read(String name) throws ClosedByInterruptException {
    byte[] file;
    try (InputStream in = Files.newInputStream(folder.resolve(name))) {
      file = in.readNBytes(LARGEST + 1);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      warnOnce("read", e);
      return Optional.empty();
    }
    byte[] content = new byte[Math.max(0, file.length - HEADER)];
    System.arraycopy(file, file.length - content.length, content, 0, content.length);
    ByteBuffer header = ByteBuffer.wrap(file);
    if (file.length < HEADER
        || file.length > LARGEST
        || header.getInt() != MAGIC
        || header.getInt() != checksum(name, content)) {
      warn(name);
      return Optional.empty();
    }
    return Optional.of(content);
  }

  void warn(String name) {
    LOG.warn("{} is damaged and is made again", folder.resolve(name));
  }

  private void warnOnce(String what, IOException e) {
    if (!warned.getAndSet(true)) {
      LOG.warn(
          "The cache in {} cannot be {}; samples are made without it: {}",
          folder,
          what,
          e.toString());
    }
  }

  /** Whether storing works, as far as is known. */
  boolean areWritten() {
    return written;
  }

  /** Stores content, unless it is too large. */
  void write(String name, byte[] content) throws ClosedByInterruptException {
    if (content.length > LARGEST - HEADER) {
      return;
    }
    ByteBuffer file = ByteBuffer.allocate(HEADER + content.length);
    file.putInt(MAGIC).putInt(checksum(name, content)).put(content);
    try {
      put(name, file.array());
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      written = false;
      warnOnce("written", e);
    }
  }

  private void put(String name, byte[] file) throws IOException {
    RegularFiles.createFolder(folder);
    Path aside = folder.resolve(name + "." + UUID.randomUUID() + ".part");
    // No sync to disk, which is slow: the checksum finds damage by a power loss.
    try (AtomicFile kept = AtomicFile.unsynced(folder.resolve(name), aside)) {
      kept.out().write(file);
      deleteUnfinishedOnce(aside);
      kept.finish();
    }
  }

  /**
   * Deletes, once, what killed programs left. A running program, here or on another machine, writes
   * a file at once and renames it, so an old unfinished file is abandoned.
   *
   * @param fresh a file just written in the folder, whose time gives the clock of the folder's disk
   */
  private void deleteUnfinishedOnce(Path fresh) throws IOException {
    if (cleaned.getAndSet(true)) {
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

  private static int checksum(String name, byte[] content) {
    CRC32 sum = new CRC32();
    sum.update(name.getBytes(StandardCharsets.UTF_8));
    sum.update(content);
    return (int) sum.getValue();
  }
}
