package org.dl4jsnn.internal.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes folders. */
public final class Folders {

  private Folders() {}

  /**
   * Makes a folder and those above it, if they are missing. A link to a folder will do: Java before
   * 17.0.14 refuses it (JDK-8294193).
   *
   * @param folder the folder
   * @throws IOException if it cannot be made
   */
  public static void create(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
  }
}
