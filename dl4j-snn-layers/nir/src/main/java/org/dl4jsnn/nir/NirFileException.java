package org.dl4jsnn.nir;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A malformed file: damaged, truncated, too large, of another layout, or with an unknown node. The
 * message names the file, the place in it, the rule and the value, in that order: {@code net.nir,
 * node lif1: tau must be there, got r, v_threshold}.
 */
public final class NirFileException extends IOException {

  private static final long serialVersionUID = 1L;

  /** A path, kept as text because exceptions are serialisable. */
  private final String file;

  NirFileException(Path file, String problem) {
    this(file, problem, null);
  }

  NirFileException(Path file, String problem, Throwable cause) {
    this(file, ", ", problem, cause);
  }

  private NirFileException(Path file, String separator, String problem, Throwable cause) {
    super(file + separator + problem, cause);
    this.file = file.toString();
  }

  /** A fault of the whole file, without a place in it. */
  static NirFileException wholeFile(Path file, String rule, Throwable cause) {
    return new NirFileException(file, " ", rule, cause);
  }

  /**
   * The file.
   *
   * @return its path, as given
   */
  public String file() {
    return file;
  }
}
