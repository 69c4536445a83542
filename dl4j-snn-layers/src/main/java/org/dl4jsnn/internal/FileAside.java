package org.dl4jsnn.internal;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that is written beside its place, and put there when it is whole. Closed before it is
 * finished, it leaves nothing, and what was in its place stays.
 */
public final class FileAside implements Closeable {

  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Path aside;
  private final OutputStream out;
  private boolean closed;

  /**
   * Begins a file.
   *
   * @param file its place
   * @throws IOException if nothing can be written beside it
   */
  public FileAside(Path file) throws IOException {
    this.file = Require.given("file", file).toAbsolutePath();
    aside =
        this.file.resolveSibling(
            this.file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
    out = new BufferedOutputStream(Files.newOutputStream(aside), BUFFER);
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
   * Puts it in its place, where another file may be until then.
   *
   * @throws IOException if it cannot be written
   */
  public void finish() throws IOException {
    out().close();
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    closed = true;
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        out.close();
      } finally {
        Files.deleteIfExists(aside);
      }
    }
  }
}
