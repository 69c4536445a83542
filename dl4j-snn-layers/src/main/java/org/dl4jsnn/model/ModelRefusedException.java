package org.dl4jsnn.model;

import java.io.IOException;

/**
 * A model or a configuration that is not loaded: it names a class that is not allowed, is larger
 * than the limits, or is not what it must be. The message names the file, the part of it, the rule
 * and the value, and what to do.
 */
public final class ModelRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What a file holds may be as long as the file, and write to a terminal. */
  private static final int LONGEST_SHOWN = 200;

  ModelRefusedException(String source, String problem) {
    this(source, problem, null);
  }

  ModelRefusedException(String source, String problem, Throwable cause) {
    super(source + ": " + problem, cause);
  }

  /** Something of the file's, as messages show it. */
  static String shown(Object found) {
    String text = String.valueOf(found).replaceAll("\\p{Cntrl}", " ");
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }
}
