package org.dl4jsnn.examples.train;

import org.dl4jsnn.examples.support.UserError;
import org.dl4jsnn.train.ResumeRefusedException;
import org.dl4jsnn.train.TrainingException;

/** Errors that end a training, in terms of its options. */
final class TrainingErrors {

  private TrainingErrors() {}

  static UserError shown(TrainingException error, TrainingOptions options) {
    if (error instanceof ResumeRefusedException refused) {
      return new UserError(
          String.format(
              "%s must be %s to continue, got %s. Possible cause: %s was saved with other options "
                  + "(%s)",
              switch (refused.reason()) {
                case BATCH -> "--batch";
                case TRAINING_SIZE -> "training samples";
                case INPUT -> "input";
              },
              refused.saved(),
              refused.got(),
              options.resume,
              refused.reason() == ResumeRefusedException.Cause.INPUT
                  ? options.ofInput
                  : options.ofSize),
          error);
    }
    String hint = error.resumable().map(file -> "; to continue, add --resume " + file).orElse("");
    return new UserError(error.getMessage() + hint, error);
  }
}
