package org.dl4jsnn.event.cochlea;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Files that make.py, next to them, made with h5py. */
public final class CochleaFiles {

  /** Words of each. */
  public static final int WORDS = 6;

  private CochleaFiles() {}

  public static Path path(String name) {
    try {
      return Path.of(CochleaFiles.class.getResource("/cochlea/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
