package org.dl4jsnn.event;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.dl4jsnn.Require;

/** A file that is written beside its place, and put there when it is whole. */
final class FileAside implements Closeable {

  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Path aside;
  private final OutputStream out;
  private boolean closed;

  FileAside(Path file) throws IOException {
    this.file = Require.given("file", file).toAbsolutePath();
    aside =
        this.file.resolveSibling(
            this.file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
    out = new BufferedOutputStream(Files.newOutputStream(aside), BUFFER);
  }

  OutputStream out() {
    if (closed) {
      throw new IllegalStateException(file + " must not be finished or closed yet");
    }
    return out;
  }

  void finish() throws IOException {
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
