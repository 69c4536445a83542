package org.dl4jsnn.train;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Thrown if a training cannot begin, continue or be saved, for a reason outside the program that
 * its user can fix: an existing file, a full disk, a damaged model, unreadable data. The message
 * states the problem and where the trained model is.
 */
public class TrainingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Path resumable;

  TrainingException(String problem) {
    this(problem, null, null);
  }

  TrainingException(String problem, Throwable cause) {
    this(problem, null, cause);
  }

  /** With the file from which the training can be resumed; null for none. */
  TrainingException(String problem, Path resumable, Throwable cause) {
    super(problem, cause);
    this.resumable = resumable;
  }

  /**
   * {@return the file from which the training that ended with this exception can be resumed; empty
   * if the training had not begun, or could not be saved}
   */
  public Optional<Path> resumable() {
    return Optional.ofNullable(resumable);
  }
}
