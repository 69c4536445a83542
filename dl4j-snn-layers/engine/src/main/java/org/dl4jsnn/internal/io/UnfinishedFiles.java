package org.dl4jsnn.internal.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files that killed programs leave next to the file they were writing: {@code FILE.PROCESS.new}.
 */
public final class UnfinishedFiles {

  private UnfinishedFiles() {}

  /** Where this process writes a file until it is complete. */
  static Path aside(Path file) {
    Path target = file.toAbsolutePath();
    return target.resolveSibling(
        target.getFileName() + "." + ProcessHandle.current().pid() + ".new");
  }

  /**
   * Deletes what a killed program left next to a file, but not what another one is writing.
   *
   * @throws IOException if it cannot be deleted
   */
  public static void cleanUp(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Pattern leftOver =
        Pattern.compile(Pattern.quote(target.getFileName().toString()) + "\\.?(\\d+)\\.new");
    if (Files.isDirectory(target.getParent())) {
      for (Path other : inside(target.getParent())) {
        Matcher name = leftOver.matcher(other.getFileName().toString());
        if (name.matches() && !isAnotherAlive(name.group(1))) {
          delete(other);
        }
      }
    }
  }

  /** Whether another process with this number is alive; this one may have a killed one's number. */
  private static boolean isAnotherAlive(String pid) {
    try {
      return ProcessHandle.of(Long.parseLong(pid))
          .filter(process -> !process.equals(ProcessHandle.current()))
          .isPresent();
    } catch (NumberFormatException e) {
      // Longer than any process number.
      return false;
    }
  }

  /** Also deletes folders, which early versions wrote into. */
  private static void delete(Path fileOrFolder) throws IOException {
    if (Files.isDirectory(fileOrFolder)) {
      for (Path file : inside(fileOrFolder)) {
        Files.delete(file);
      }
    }
    Files.delete(fileOrFolder);
  }

  private static List<Path> inside(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
