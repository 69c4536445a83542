package org.dl4jsnn.internal.io;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.dl4jsnn.internal.Require;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is written beside its place, and put there when it is whole and on the disk. A kill
 * or a loss of power at any moment leaves the old file or the new one. Closed before it is
 * finished, it leaves nothing, and what was in its place stays.
 */
public final class AtomicFile implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(AtomicFile.class);

  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Path aside;
  private final boolean synced;
  private final FileChannel channel;
  private final OutputStream out;
  private boolean closed;

  /**
   * Begins a file.
   *
   * @param file its place
   * @throws IOException if nothing can be written beside it
   */
  public AtomicFile(Path file) throws IOException {
    this(Require.given("file", file).toAbsolutePath(), UnfinishedFiles.aside(file), true);
  }

  private AtomicFile(Path file, Path aside, boolean synced) throws IOException {
    this.file = file;
    this.aside = aside;
    this.synced = synced;
    channel =
        FileChannel.open(
            aside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    out = new Content(channel);
  }

  /**
   * Begins a file that does not wait for the disk. It suits a file that is checked when it is read
   * and can be made again: after a loss of power it may be damaged.
   *
   * @param file its place
   * @param aside where it is written until it is whole, in the same folder
   * @return the file
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
     * @param out where to; closing it is allowed, and not needed
     * @throws IOException if it cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, in place of the one that is there. Its folder is made where there is none.
   *
   * @param file its place
   * @param writer what writes the content
   * @throws IOException if it cannot be written; the old file then stays
   */
  public static void replace(Path file, Writer writer) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (AtomicFile whole = new AtomicFile(file)) {
      writer.writeTo(whole.out());
      whole.finish();
    }
  }

  /**
   * Where its content goes.
   *
   * @return a stream, buffered
   * @throws IllegalStateException if the file was finished or closed
   */
  public OutputStream out() {
    if (closed) {
      throw new IllegalStateException(file + " must not be finished or closed yet");
    }
    return out;
  }

  /**
   * Changes bytes that were written before, such as a number in the header that is known at the
   * end.
   *
   * @param position where they begin, in bytes from the file's beginning
   * @param bytes what they become
   * @throws IOException if they cannot be written
   * @throws IllegalStateException if the file was finished or closed
   */
  public void overwrite(long position, ByteBuffer bytes) throws IOException {
    out().flush();
    for (long at = position; bytes.hasRemaining(); ) {
      at += channel.write(bytes, at);
    }
  }

  /**
   * Puts it in its place, where another file may be until then.
   *
   * @throws IOException if it cannot be written; {@link #close()} then leaves nothing
   */
  public void finish() throws IOException {
    out().flush();
    if (synced) {
      channel.force(true);
    }
    channel.close();
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    closed = true;
    if (synced) {
      syncFolder();
    }
  }

  /** The new name is on the disk with the folder. Windows has no such thing. */
  private void syncFolder() {
    Path folder = file.getParent();
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException e) {
      LOG.debug("{} cannot be synchronised with its disk", folder, e);
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

  /** A stream whose end is not that of the file: that is to be synchronised first. */
  private static final class Content extends BufferedOutputStream {

    Content(FileChannel channel) {
      super(Channels.newOutputStream(channel), BUFFER);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
