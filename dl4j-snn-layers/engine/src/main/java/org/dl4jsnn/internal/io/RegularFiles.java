package org.dl4jsnn.internal.io;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells a file from what only has the name of one, and makes folders. */
public final class RegularFiles {

  private RegularFiles() {}

  /**
   * {@return why a path is no regular file, as messages say it: a clause, such as "there is no such
   * file"; null for a regular file}
   */
  public static String whyNot(Path path) {
    if (Files.isRegularFile(path)) {
      return null;
    }
    if (Files.isDirectory(path)) {
      return "it is a folder, but a file is needed";
    }
    return Files.exists(path)
        ? "it is a device or a pipe, but a file is needed"
        : "there is no such file";
  }

  /**
   * Refuses a folder, which can be opened and whose reading fails with a message that does not name
   * it.
   *
   * @throws IOException if it is a folder
   */
  public static void requireNoFolder(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(file.toString(), null, whyNot(file));
    }
  }

  /**
   * Makes a folder and those above it, if they are missing. A link to a folder will do: Java before
   * 17.0.14 refuses it (JDK-8294193).
   *
   * @throws IOException if it cannot be made
   */
  public static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
  }

  /** Refuses to replace what is no regular file: a folder, or a device such as /dev/null. */
  static void requireReplaceable(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new FileSystemException(file.toString(), null, whyNot(file));
    }
  }
}
