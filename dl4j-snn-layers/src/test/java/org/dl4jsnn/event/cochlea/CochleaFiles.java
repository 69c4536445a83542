package org.dl4jsnn.event.cochlea;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Files that make.py, next to them, made with h5py. */
final class CochleaFiles {

  /** Words of each. */
  static final int WORDS = 6;

  private CochleaFiles() {}

  static Path path(String name) {
    try {
      return Path.of(CochleaFiles.class.getResource("/cochlea/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
