package org.dl4jsnn.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a second training out of a training's files. The operating system lets go of the lock when
 * the process ends, however it does. The hidden file stays: one that was deleted could be locked by
 * a process that had opened it just before, beside another that makes it anew.
 */
final class TrainingLock implements AutoCloseable {

  /**
   * What this process holds. On some systems, closing another channel of a file lets go of all
   * locks that the process has on it, so no other one is opened.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** Behind any content: on some systems a locked part cannot be read. */
  private static final long PLACE = Long.MAX_VALUE - 1;

  private static final int LONGEST = 1 << 10;

  private final Path file;
  private final FileChannel channel;

  private TrainingLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a file that is to be written.
   *
   * @param option the option that names the file
   * @param written the file
   * @throws UserError if another training has it, or nothing can be written beside the file
   */
  static TrainingLock of(String option, Path written, Output output) {
    Path target = written.toAbsolutePath().normalize();
    Path file = target.resolveSibling("." + target.getFileName() + ".lock");
    if (!HELD.add(file)) {
      throw taken(option, written, "this process");
    }
    TrainingLock lock = null;
    try {
      Files.createDirectories(file.getParent());
      lock = take(option, written, file, output);
      return lock;
    } catch (IOException e) {
      throw new UserError("Cannot write beside " + option + " " + target + ": " + e, e);
    } finally {
      if (lock == null) {
        HELD.remove(file);
      }
    }
  }

  private static TrainingLock take(String option, Path written, Path file, Output output)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    TrainingLock taken = null;
    try {
      if (!isLocked(channel, file, output)) {
        throw taken(option, written, holder(channel));
      }
      taken = new TrainingLock(file, channel);
      taken.writeHolder();
      return taken;
    } finally {
      if (taken == null) {
        channel.close();
      }
    }
  }

  /** Locks; false if another process has it. */
  private static boolean isLocked(FileChannel channel, Path file, Output output) {
    try {
      return channel.tryLock(PLACE, 1, false) != null;
    } catch (IOException e) {
      // Some network disks have no locks.
      output.print("Cannot lock %s: a second training would not be noticed (%s)", file, e);
      return true;
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

  private static UserError taken(String option, Path written, String holder) {
    return new UserError(
        option
            + " must be written by one program at a time, got "
            + written
            + ", which is written by "
            + holder
            + ". Wait until that one has ended, stop it, or name another file");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot close " + file, e);
    } finally {
      HELD.remove(file);
    }
  }
}
