package org.dl4jsnn.model;

import java.io.IOException;

/**
 * A model or a configuration that is not loaded: it names a class that is not allowed, is larger
 * than the limits, or is not what it must be. The message names the file, the part of it, the rule
 * and the value, and what to do.
 */
public final class ModelRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  ModelRefusedException(String source, String problem) {
    this(source, problem, null);
  }

  ModelRefusedException(String source, String problem, Throwable cause) {
    super(source + ": " + problem, cause);
  }
}
