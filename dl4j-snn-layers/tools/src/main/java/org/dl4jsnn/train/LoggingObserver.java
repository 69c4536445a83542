package org.dl4jsnn.train;

import java.nio.file.Path;
import java.util.Locale;
import org.deeplearning4j.nn.api.Model;

/** Logs the progress of a training. */
final class LoggingObserver implements TrainingObserver {

  @Override
  public void resumed(Path file, Model network, int epochs, int minibatches) {
    TrainingLogger.LOG.info(
        "Resumed {} after epoch {} and {} minibatches of the next", file, epochs, minibatches);
  }

  @Override
  public void epochDone(EpochRow row, int epochs) {
    TrainingLogger.LOG.info(
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
