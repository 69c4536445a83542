package org.dl4jsnn.train;

import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;

/**
 * Is notified of a training's progress, in the training's thread. An exception that it throws ends
 * the training. By default the methods that report trouble log it, unless an exception follows, and
 * the others do nothing.
 *
 * <p>To observe the network itself, add Deeplearning4j's listeners in {@link #ready}.
 */
public interface TrainingObserver {

  /** {@return an observer that logs every epoch and any trouble} */
  static TrainingObserver logging() {
    return new LoggingObserver();
  }

  /**
   * A file of an earlier training was moved out of the way.
   *
   * @param file where it was
   * @param to where it is
   */
  default void moved(Path file, Path to) {
    LoggingObserver.LOG.info("Moved {} of an earlier training to {}", file, to.getFileName());
  }

  /**
   * A file to resume from was loaded and fits the data.
   *
   * @param file the file
   * @param network its network
   * @param epochs completed epochs
   * @param minibatches completed minibatches of the next epoch
   */
  default void resumed(Path file, Model network, int epochs, int minibatches) {}

  /**
   * A training is resumed between two epochs with a different input than before.
   *
   * @param file the file that it is resumed from
   * @param before the earlier input, as {@link TrainingData#input}
   * @param now the present input
   */
  default void inputChanged(Path file, String before, String now) {
    LoggingObserver.LOG.warn(
        "{} was trained on other input: {}. It continues with {}", file, before, now);
  }

  /**
   * The files are in place, and training is about to start.
   *
   * @param network the network, to add listeners to
   */
  default void ready(Model network) {}

  /**
   * The first minibatch is about to be trained on.
   *
   * @param samples samples of the whole training, each counted in every epoch
   * @param done how many of them an earlier run has processed
   * @param loss the loss per sample that the earlier run reached; NaN for none
   */
  default void begun(long samples, long done, double loss) {}

  /**
   * A minibatch was trained on.
   *
   * @param epoch its epoch, from 1
   * @param samples its samples
   * @param loss the loss per sample, averaged over the last minibatches
   */
  default void minibatchDone(int epoch, int samples, double loss) {}

  /**
   * An epoch was evaluated and saved.
   *
   * @param row its row of the log
   * @param epochs the total number of epochs
   */
  default void epochDone(EpochRow row, int epochs) {}

  /** No further minibatch will come; always called after {@link #begun}, even on failure. */
  default void ended() {}

  /**
   * A minibatch cannot be read. The training is saved and ends.
   *
   * @param cause why
   */
  default void cannotRead(RuntimeException cause) {}

  /**
   * A model cannot be saved. The training continues, and every checkpoint tries again.
   *
   * @param model the file
   * @param cause why
   */
  default void cannotSave(Path model, IOException cause) {
    LoggingObserver.LOG.warn(
        "Cannot save to {}: {}. The training continues, and every checkpoint tries again",
        model.toAbsolutePath(),
        cause.toString());
  }

  /**
   * A model that could not be saved before is saved.
   *
   * @param model the file
   */
  default void savedAgain(Path model) {
    LoggingObserver.LOG.info("Saved to {} again", model.toAbsolutePath());
  }

  /**
   * The log cannot be written. Every epoch tries again.
   *
   * @param log the file
   * @param cause why
   */
  default void cannotLog(Path log, IOException cause) {
    LoggingObserver.LOG.warn(
        "Cannot write the log to {}: {}. Every epoch tries again",
        log.toAbsolutePath(),
        cause.toString());
  }

  /**
   * A file cannot be locked, as on some network disks.
   *
   * @param lock the file
   * @param cause why
   */
  default void cannotLock(Path lock, IOException cause) {
    LoggingObserver.LOG.warn(
        "Cannot lock {}: a second training would not be noticed ({})", lock, cause.toString());
  }
}
