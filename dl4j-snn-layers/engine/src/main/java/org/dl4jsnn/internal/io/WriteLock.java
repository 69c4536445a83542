package org.dl4jsnn.internal.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second program from writing the same files. The operating system releases the lock when
 * the process ends, for whatever reason. The hidden lock file stays: if it were deleted, one
 * process could lock the deleted file that it had opened just before, while another creates and
 * locks a new one.
 */
public final class WriteLock implements AutoCloseable {

  /**
   * The locks of this process. On some systems, closing another channel of a file releases all
   * locks of the process on it, so no second channel is opened.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** After any content, since on some systems a locked part cannot be read. */
  private static final long PLACE = Long.MAX_VALUE - 1;

  private static final int LONGEST = 1 << 10;

  private final Path file;
  private final FileChannel channel;

  private WriteLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Notified if locks are not supported, as on some network disks; nothing is then locked. */
  public interface Unlockable {

    /** A file cannot be locked. */
    void told(Path file, IOException cause);
  }

  /**
   * Takes the lock of a file that is to be written.
   *
   * @throws IOException if another program holds it, or nothing can be written next to the file;
   *     the message says which
   */
  public static WriteLock of(String name, Path written, Unlockable unlockable) throws IOException {
    Path target = written.toAbsolutePath().normalize();
    Path file = beside(name, target);
    if (!HELD.add(file)) {
      throw taken(name, written, "this process");
    }
    WriteLock lock = null;
    boolean isTaken = false;
    try {
      lock = new WriteLock(file, opened(name, target, file));
      lock.take(name, written, unlockable);
      isTaken = true;
      return lock;
    } finally {
      if (!isTaken) {
        HELD.remove(file);
        if (lock != null) {
          lock.channel.close();
        }
      }
    }
  }

  /** The hidden file, by the one name of its folder that has no links. */
  private static Path beside(String name, Path target) throws IOException {
    try {
      RegularFiles.createFolder(target.getParent());
      return target.getParent().toRealPath().resolve("." + target.getFileName() + ".lock");
    } catch (IOException e) {
      throw cannotWrite(name, target, e);
    }
  }

  private static FileChannel opened(String name, Path target, Path file) throws IOException {
    try {
      return FileChannel.open(
          file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw cannotWrite(name, target, e);
    }
  }

  private static IOException cannotWrite(String name, Path target, IOException cause) {
    IOException named = WriteFailures.of(target, cause);
    return new IOException("Cannot write next to " + name + " " + target + ": " + named, named);
  }

  private void take(String name, Path written, Unlockable unlockable) throws IOException {
    boolean taken;
    try {
      taken = channel.tryLock(PLACE, 1, false) == null;
    } catch (OverlappingFileLockException e) {
      throw taken(name, written, "this process");
    } catch (IOException e) {
      unlockable.told(file, e);
      taken = false;
    }
    if (taken) {
      throw taken(name, written, holder(channel));
    }
    try {
      writeHolder();
    } catch (IOException e) {
      throw cannotWrite(name, written.toAbsolutePath().normalize(), e);
    }
  }

  private void writeHolder() throws IOException {
    String holder =
        String.format(
            "process %d of %s since %s",
            ProcessHandle.current().pid(),
            System.getProperty("user.name"),
            Instant.now().truncatedTo(ChronoUnit.SECONDS));
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(LONGEST);
    channel.read(content, 0);
    String holder = new String(content.array(), 0, content.position(), StandardCharsets.UTF_8);
    return holder.isEmpty() ? "another process" : holder;
  }

  private static IOException taken(String name, Path written, String holder) {
    return new IOException(
        name
            + " must be written by one program at a time, got "
            + written
            + ", which is written by "
            + holder
            + ". Wait until that program ends, stop it, or name another file");
  }

  @Override
  public void close() {
    // Another lock may hold the name by now.
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close " + file, e);
    } finally {
      HELD.remove(file);
    }
  }
}
