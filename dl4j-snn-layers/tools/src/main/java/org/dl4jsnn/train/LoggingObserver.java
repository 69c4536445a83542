package org.dl4jsnn.train;

import java.nio.file.Path;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the progress of a training. */
final class LoggingObserver implements TrainingObserver {

  /** The log of all trainings; an interface cannot have private constants. */
  static final Logger LOG = LoggerFactory.getLogger(Training.class);

  @Override
  public void resumed(Path file, Model network, int epochs, int minibatches) {
    LOG.info("Resumed {} after epoch {} and {} minibatches of the next", file, epochs, minibatches);
  }

  @Override
  public void epochDone(EpochRow row, int epochs) {
    LOG.info(
        "Epoch {} of {}: loss {}, {}test accuracy {} %",
        row.epoch(),
        epochs,
        String.format(Locale.ROOT, "%.4f", row.loss()),
        Double.isNaN(row.heldOut()) ? "" : "held-out accuracy " + percent(row.heldOut()) + " %, ",
        percent(row.test()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }
}
