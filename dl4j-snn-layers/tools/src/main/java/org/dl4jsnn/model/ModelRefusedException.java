package org.dl4jsnn.model;

import java.io.IOException;

/**
 * Thrown if a model or configuration is not loaded: it names a class that is not allowed, exceeds
 * the limits, or is malformed. The message names the file, the part of it, the rule, the value, and
 * what to do.
 */
public final class ModelRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Text from a file may be as long as the file and contain control characters. */
  private static final int LONGEST_SHOWN = 200;

  ModelRefusedException(String source, String problem) {
    this(source, problem, null);
  }

  ModelRefusedException(String source, String problem, Throwable cause) {
    super(source + ": " + problem, cause);
  }

  /** A value from the file, as messages show it. */
  static String shown(Object found) {
    String text = String.valueOf(found).replaceAll("\\p{Cntrl}", " ");
    return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
  }
}
