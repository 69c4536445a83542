package org.dl4jsnn.internal.io;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.dl4jsnn.internal.Require;

/**
 * A file that is written next to its place and moved there once it is complete and on the disk. A
 * kill or a power failure at any moment leaves either the old file or the new one. If closed before
 * it is finished, it leaves nothing, and the old file stays.
 */
public final class AtomicFile implements Closeable {

  private static final System.Logger LOG = System.getLogger(AtomicFile.class.getName());

  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Path aside;
  private final boolean synced;
  private final FileChannel channel;
  private final OutputStream out;
  private boolean completed;
  private boolean closed;

  /**
   * Begins a file.
   *
   * @throws IOException if nothing can be written next to it, or a folder or a device is there;
   *     like all failures to write it, the message names the file
   */
  public AtomicFile(Path file) throws IOException {
    this(Require.given("file", file).toAbsolutePath(), UnfinishedFiles.aside(file), true);
  }

  private AtomicFile(Path file, Path aside, boolean synced) throws IOException {
    this.file = file;
    this.aside = aside;
    this.synced = synced;
    RegularFiles.requireReplaceable(file);
    channel =
        named(
            () ->
                FileChannel.open(
                    aside,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE));
    out = new Content();
  }

  /** Work on the file under its temporary name. */
  private interface Work<R> {
    R run() throws IOException;
  }

  /** Failures name the file, not its temporary name. */
  private <R> R named(Work<R> work) throws IOException {
    try {
      return work.run();
    } catch (IOException e) {
      throw WriteFailures.of(file, e);
    }
  }

  /**
   * Begins a file that does not wait for the disk. After a power failure the file may be damaged,
   * so use this only for a file that is checked when read and can be made again.
   *
   * @param aside where it is written until it is complete, in the same folder
   * @throws IOException if nothing can be written there
   */
  public static AtomicFile unsynced(Path file, Path aside) throws IOException {
    return new AtomicFile(file, aside, false);
  }

  /** Writes the content of a file. */
  public interface Writer {

    /**
     * Writes it.
     *
     * @param out where to write; closing it is allowed but not needed
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, replacing an existing one. The folder is created if it does not exist. The file
   * is also written if the thread is interrupted, before or meanwhile; it then stays interrupted.
   *
   * @param writer what writes the content; called again if an interrupt closed the first attempt
   * @throws IOException if it cannot be written; the old file stays
   */
  public static void replace(Path file, Writer writer) throws IOException {
    RegularFiles.createFolder(file.toAbsolutePath().getParent());
    uninterrupted(() -> write(file, writer));
  }

  /** Writes something. */
  interface Attempt {

    void run() throws IOException;
  }

  /** Makes an attempt, and another one if an interrupt ended it; the thread stays interrupted. */
  static void uninterrupted(Attempt attempt) throws IOException {
    // An interruptible channel closes under an interrupted thread.
    boolean interrupted = Thread.interrupted();
    try {
      attempt.run();
    } catch (ClosedByInterruptException e) {
      interrupted |= Thread.interrupted();
      attempt.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void write(Path file, Writer writer) throws IOException {
    try (AtomicFile whole = new AtomicFile(file)) {
      writer.writeTo(whole.out());
      whole.finish();
    }
  }

  /**
   * Where to write its content.
   *
   * @throws IllegalStateException if the file was finished or closed
   */
  public OutputStream out() {
    if (closed) {
      throw new IllegalStateException(file + " must not be finished or closed yet");
    }
    return out;
  }

  /**
   * Changes bytes that were written before, such as a number in the header that is known only at
   * the end.
   *
   * @param position where they begin, in bytes from the file's beginning
   * @throws IOException if they cannot be written
   * @throws IllegalStateException if the file was finished or closed
   */
  public void overwrite(long position, ByteBuffer bytes) throws IOException {
    out().flush();
    for (long at = position; bytes.hasRemaining(); ) {
      long next = at;
      at += named(() -> channel.write(bytes, next));
    }
  }

  /** Writes all of it to the disk, so that only the move to its place remains. */
  void complete() throws IOException {
    out().flush();
    named(
        () -> {
          if (synced) {
            channel.force(true);
          }
          channel.close();
          return file;
        });
    completed = true;
  }

  /**
   * Moves it to its place, replacing an existing file.
   *
   * @throws IOException if it cannot be written; {@link #close()} then deletes it
   */
  public void finish() throws IOException {
    if (!completed || closed) {
      complete();
    }
    named(
        () ->
            Files.move(
                aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
    closed = true;
    if (synced) {
      syncFolder();
    }
  }

  /** Writes the new name to the disk by synchronising the folder. Not possible on Windows. */
  private void syncFolder() {
    Path folder = file.getParent();
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, folder + " cannot be synchronised with its disk", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        channel.close();
      } finally {
        Files.deleteIfExists(aside);
      }
    }
  }

  /** A stream that does not close the file, which must be synchronised first. */
  private final class Content extends BufferedOutputStream {

    Content() {
      super(new Named(Channels.newOutputStream(channel)), BUFFER);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /** A stream whose failures name the file. */
  private final class Named extends FilterOutputStream {

    Named(OutputStream to) {
      super(to);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      named(
          () -> {
            out.write(bytes, from, count);
            return count;
          });
    }
  }
}
