package org.dl4jsnn.internal.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files of a folder that only make sense together: all are written next to their places, and moved
 * there once all are complete and on the disk.
 */
public final class AtomicFiles {

  private AtomicFiles() {}

  /**
   * Writes files, replacing existing ones. If one cannot be written, the old ones stay as they are
   * (unless a complete one cannot be moved to its place, as where another program has it open). The
   * folder is created if it does not exist. The files are also written if the thread is
   * interrupted, before or meanwhile; it then stays interrupted.
   *
   * @param writers what writes the content of each, by the file's name; called again if an
   *     interrupt closed the first attempt. The last is the one that explains the others: the old
   *     one is deleted before the others are moved, so that a kill meanwhile leaves no old
   *     explanation beside new files
   * @throws IOException if one cannot be written
   */
  public static void replace(Path folder, Map<String, AtomicFile.Writer> writers)
      throws IOException {
    RegularFiles.createFolder(folder);
    Map<Path, AtomicFile.Writer> files = new LinkedHashMap<>();
    writers.forEach((name, writer) -> files.put(folder.resolve(name), writer));
    AtomicFile.uninterrupted(() -> write(files));
  }

  private static void write(Map<Path, AtomicFile.Writer> writers) throws IOException {
    List<AtomicFile> files = new ArrayList<>();
    IOException failure = null;
    try {
      Path last = null;
      for (Map.Entry<Path, AtomicFile.Writer> entry : writers.entrySet()) {
        last = entry.getKey();
        AtomicFile file = new AtomicFile(last);
        files.add(file);
        entry.getValue().writeTo(file.out());
        file.complete();
      }
      if (last != null) {
        Files.deleteIfExists(last);
      }
      for (AtomicFile file : files) {
        file.finish();
      }
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      close(files, failure);
    }
  }

  /** Deletes what was not moved to its place; adds to an earlier failure, if there is one. */
  private static void close(List<AtomicFile> files, IOException earlier) throws IOException {
    IOException failure = earlier;
    for (AtomicFile file : files) {
      try {
        file.close();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != earlier) {
      throw failure;
    }
  }
}
