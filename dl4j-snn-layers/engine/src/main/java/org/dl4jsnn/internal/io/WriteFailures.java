package org.dl4jsnn.internal.io;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Failures to write a file, told by its own name. The operating system knows only the name that the
 * file is written under, and for a full disk Java gives no name at all.
 */
final class WriteFailures {

  private WriteFailures() {}

  /**
   * A failure with the name of the file that was to be written.
   *
   * @param failure the failure of the file that is written in its place
   * @return the failure to throw, with the given one as its cause; or the given one, if it says all
   *     or if the channel was closed, as by an interrupt
   */
  static IOException of(Path file, IOException failure) {
    if (failure instanceof ClosedChannelException
        || failure instanceof FileAlreadyExistsException) {
      return failure;
    }
    IOException named = named(file, failure);
    named.initCause(failure);
    return named;
  }

  private static IOException named(Path file, IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return new AccessDeniedException(file.toString());
    }
    if (failure instanceof NoSuchFileException) {
      Path folder = file.toAbsolutePath().getParent();
      return Files.isDirectory(folder)
          ? new FileSystemException(file.toString(), null, "no file can be created in its folder")
          : new NoSuchFileException(folder.toString());
    }
    boolean hasReason = failure instanceof FileSystemException of && of.getReason() != null;
    String reason = hasReason ? ((FileSystemException) failure).getReason() : failure.getMessage();
    return new FileSystemException(file.toString(), null, reason);
  }
}
