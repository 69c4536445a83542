package org.dl4jsnn.event.cochlea;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A malformed file: damaged, truncated, out of range, or of another layout. The message names the
 * file, the place, the rule and the value, in that order: {@code shd_train.h5, sample 17: channel
 * must be from 0 to 699, got 812}.
 */
public final class CochleaFileException extends IOException {

  private static final long serialVersionUID = 1L;

  /** A path, kept as text because exceptions are serialisable. */
  private final String file;

  CochleaFileException(Path file, String place, String rule, Object found) {
    this(file, place, rule, found, null);
  }

  /** A fault at a place: the rule, and what was found instead. */
  CochleaFileException(Path file, String place, String rule, Object found, Throwable cause) {
    this(file, ", " + place + ": " + rule + ", got " + found, cause);
  }

  private CochleaFileException(Path file, String problem, Throwable cause) {
    super(file + problem, cause);
    this.file = file.toString();
  }

  /** A fault at a place, as it was found elsewhere. */
  static CochleaFileException at(Path file, String place, Exception fault) {
    return new CochleaFileException(file, ", " + place + ": " + fault.getMessage(), fault);
  }

  /** A fault of the whole file, without a place in it. */
  static CochleaFileException wholeFile(Path file, String rule, Throwable cause) {
    return new CochleaFileException(file, " " + rule, cause);
  }

  /** {@return the path of the file, as given} */
  public String file() {
    return file;
  }
}
