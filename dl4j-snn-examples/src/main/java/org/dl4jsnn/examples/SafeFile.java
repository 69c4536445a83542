package org.dl4jsnn.examples;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Replaces files; a kill at any moment leaves the old one or the new one, and it whole. */
final class SafeFile {

  private SafeFile() {}

  /** Writes a file. */
  interface Writer {
    void writeTo(Path file) throws IOException;
  }

  /** Writes a file aside, waits until the disk has it, and puts it in the place of the old one. */
  static void replace(Path file, Writer writer) throws IOException {
    Path target = file.toAbsolutePath();
    // A folder, since a writer may need files of its own beside its file.
    Path folder =
        target.resolveSibling(target.getFileName() + "." + ProcessHandle.current().pid() + ".new");
    Files.createDirectories(folder);
    try {
      Path aside = folder.resolve(target.getFileName());
      writer.writeTo(aside);
      try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException | Error e) {
      try {
        delete(folder);
      } catch (IOException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
    delete(folder);
  }

  /** Deletes what a killed program left beside a file; not what another one is writing. */
  static void cleanUp(Path file) throws IOException {
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

  /** Whether a process lives that is not this one, which begins with the number of a killed one. */
  private static boolean isAnotherAlive(String pid) {
    try {
      return ProcessHandle.of(Long.parseLong(pid))
          .filter(process -> !process.equals(ProcessHandle.current()))
          .isPresent();
    } catch (NumberFormatException e) {
      // Longer than the number of any process.
      return false;
    }
  }

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
