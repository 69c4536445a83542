package org.dl4jsnn.train;

import java.nio.file.Path;
import java.util.Locale;

/** A training cannot go on from a file, since its data are no longer what they were. */
public final class ResumeRefusedException extends TrainingException {

  private static final long serialVersionUID = 1L;

  /** Which of the data's properties. */
  private final Cause reason;

  private final transient Object saved;
  private final transient Object got;

  /** What is no longer what it was. */
  public enum Cause {
    /** Samples per minibatch, inside an epoch. */
    BATCH,
    /** How many samples there are to train with: others would be held out than before. */
    TRAINING_SIZE,
    /** What the network is given, inside an epoch. */
    INPUT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  ResumeRefusedException(Cause reason, Object saved, Object got, Path file) {
    super(
        String.format(
            "%s must be %s to go on, got %s. Possible cause: %s was saved with other data",
            reason, saved, got, file));
    this.reason = reason;
    this.saved = saved;
    this.got = got;
  }

  /**
   * What is no longer what it was.
   *
   * @return which of the data's properties
   */
  public Cause reason() {
    return reason;
  }

  /**
   * What it was.
   *
   * @return its value in the file
   */
  public Object saved() {
    return saved;
  }

  /**
   * What it is.
   *
   * @return its value now
   */
  public Object got() {
    return got;
  }
}
