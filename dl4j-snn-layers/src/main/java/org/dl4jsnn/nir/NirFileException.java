package org.dl4jsnn.nir;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that is not what it must be: damaged, truncated, too large, of another layout, or with a
 * node that is not known. The message names the file, the place in it, the rule and the value, in
 * that order: {@code net.nir, node lif1: tau must be there, got r, v_threshold}.
 */
public final class NirFileException extends IOException {

  private static final long serialVersionUID = 1L;

  /** A path, as text since exceptions are serialisable. */
  private final String file;

  NirFileException(Path file, String problem) {
    this(file, problem, null);
  }

  NirFileException(Path file, String problem, Throwable cause) {
    super(file + ", " + problem, cause);
    this.file = file.toString();
  }

  /**
   * The file.
   *
   * @return its path, as it was given
   */
  public String file() {
    return file;
  }
}
