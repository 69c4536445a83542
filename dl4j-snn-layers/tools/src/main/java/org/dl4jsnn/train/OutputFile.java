package org.dl4jsnn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that a training writes, with its name in messages, such as an option. An earlier training
 * may have left one of its kind at the same place, which a resumed one may continue.
 */
record OutputFile(String name, Path file, FileKind kind, boolean goesOn) {

  OutputFile {
    if (file.getFileName() == null || file.getFileName().toString().isEmpty()) {
      throw new TrainingException(name + " must name a file, got '" + file + "'");
    }
  }

  /** Where the earlier file is kept. */
  Path old() {
    return file.resolveSibling(file.getFileName() + ".old");
  }

  /** Checks that the existing file may be moved or overwritten. */
  void check(Path there) {
    try {
      if (Files.exists(there) && !kind.is(there)) {
        throw new TrainingException(
            String.format(
                "%s needs %s for %s, got %s there. Name another %s, or move the existing one",
                name,
                there.toAbsolutePath(),
                kind,
                Files.isDirectory(there) ? "a folder" : "another file",
                name));
      }
    } catch (IOException e) {
      throw new TrainingException("Cannot read " + there + " of an earlier training: " + e, e);
    }
  }

  /** Moves the earlier file aside, unless it is the model that is resumed; null for none. */
  void setAside(Path resumed, TrainingObserver observer) {
    try {
      boolean stays = resumed != null && goesOn;
      if (Files.exists(file) && !stays && !isSame(file, resumed) && kind.isWorthKeeping(file)) {
        move(resumed, observer);
      }
    } catch (IOException e) {
      throw new TrainingException("Cannot move " + file + " of an earlier training: " + e, e);
    }
  }

  private void move(Path resumed, TrainingObserver observer) throws IOException {
    if (isSame(old(), resumed)) {
      throw new TrainingException(
          String.format(
              "%s must leave the model to resume, %s, where it is; %s would be moved there. Rename"
                  + " one of them, or name another %s",
              name, resumed, file, name));
    }
    Files.move(file, old(), StandardCopyOption.REPLACE_EXISTING);
    observer.moved(file, old());
  }

  private static boolean isSame(Path file, Path resumed) throws IOException {
    return resumed != null
        && Files.exists(file)
        && Files.exists(resumed)
        && Files.isSameFile(file, resumed);
  }
}
