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

  /** A fault; the rest of the message follows the file. */
  NirFileException(Path file, String rest, Throwable cause) {
    super(file + rest, cause);
    this.file = file.toString();
  }

  /** {@return the path of the file, as given} */
  public String file() {
    return file;
  }
}
