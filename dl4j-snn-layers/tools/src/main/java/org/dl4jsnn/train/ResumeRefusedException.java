package org.dl4jsnn.train;

import java.nio.file.Path;
import java.util.Locale;

/** Thrown if a training cannot be resumed because its data have changed. */
public final class ResumeRefusedException extends TrainingException {

  private static final long serialVersionUID = 1L;

  /** The property that has changed. */
  private final Cause reason;

  private final transient Object saved;
  private final transient Object got;

  /** The property of the data that has changed. */
  public enum Cause {
    /** Samples per minibatch, inside an epoch. */
    BATCH,
    /** The number of training samples: other samples would be held out than before. */
    TRAINING_SIZE,
    /** The network's input, inside an epoch. */
    INPUT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  ResumeRefusedException(Cause reason, Object saved, Object got, Path file) {
    super(
        String.format(
            "%s must be %s to continue, got %s. Possible cause: %s was saved with other data",
            reason, saved, got, file));
    this.reason = reason;
    this.saved = saved;
    this.got = got;
  }

  /** {@return the property of the data that has changed} */
  public Cause reason() {
    return reason;
  }

  /** {@return the property's value in the file} */
  public Object saved() {
    return saved;
  }

  /** {@return the property's present value} */
  public Object got() {
    return got;
  }
}
