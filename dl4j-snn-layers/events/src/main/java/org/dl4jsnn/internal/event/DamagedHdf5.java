package org.dl4jsnn.internal.event;

import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of HDF5 that may be damaged: opened, and in words what the library finds wrong. */
public final class DamagedHdf5 {

  private DamagedHdf5() {}

  /**
   * {@return the reason of a failure: its message, or what it means; never null} For a file that
   * ends too early, the library's exceptions have no message.
   *
   * @param failure what the library has thrown
   */
  public static String reason(Throwable failure) {
    if (failure instanceof BufferUnderflowException) {
      return "it ends in the middle of a number or a name";
    }
    if (failure instanceof StackOverflowError) {
      return "its groups or types are nested without an end";
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /**
   * Opens a file, as a buffer if it fits one: the library takes slices of it, none of which can be
   * longer than the file. Otherwise it allocates what a damaged header claims.
   *
   * @param path the file
   * @return the file
   * @throws IOException if it cannot be read
   */
  public static HdfFile open(Path path) throws IOException {
    if (Files.size(path) > Integer.MAX_VALUE) {
      return new HdfFile(path);
    }
    try (FileChannel channel = FileChannel.open(path)) {
      return HdfFile.fromByteBuffer(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
    }
  }
}
