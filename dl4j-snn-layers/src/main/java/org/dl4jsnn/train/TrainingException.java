package org.dl4jsnn.train;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A training cannot begin, go on or be saved, for a reason outside of the program that its user can
 * put right: a file in the way, a full disk, a damaged model, data that cannot be read. The message
 * says what is wrong, and where what was learned lies.
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

  /**
   * An exception.
   *
   * @param resumable the file that what was learned lies in; null for none
   */
  TrainingException(String problem, Path resumable, Throwable cause) {
    super(problem, cause);
    this.resumable = resumable;
  }

  /**
   * The file that the training can be resumed from, where it ended with this exception.
   *
   * @return the file; empty where the training had not begun, or could not be saved
   */
  public Optional<Path> resumable() {
    return Optional.ofNullable(resumable);
  }
}
