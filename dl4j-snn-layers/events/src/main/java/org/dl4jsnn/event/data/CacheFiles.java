package org.dl4jsnn.event.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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

  private final Path folder;
  private final UnfinishedCacheFiles leftovers;
  private final AtomicBoolean warned = new AtomicBoolean();
  private volatile boolean written = true;

  CacheFiles(Path folder) {
    this.folder = folder;
    this.leftovers = new UnfinishedCacheFiles(folder);
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
    Path aside = folder.resolve(UnfinishedCacheFiles.aside(name));
    // No sync to disk, which is slow: the checksum finds damage by a power loss.
    try (AtomicFile kept = AtomicFile.unsynced(folder.resolve(name), aside)) {
      kept.out().write(file);
      leftovers.deleteOnce(aside);
      kept.finish();
    }
  }

  private static int checksum(String name, byte[] content) {
    CRC32 sum = new CRC32();
    sum.update(name.getBytes(StandardCharsets.UTF_8));
    sum.update(content);
    return (int) sum.getValue();
  }
}
