package org.dl4jsnn.examples;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/**
 * A progress bar over a whole training: share done, pictures a second, time left, and the loss a
 * picture, averaged over the last minibatches.
 */
final class TrainingProgress extends BaseTrainingListener implements AutoCloseable {

  private static final double SMOOTHING = 0.98;

  private final ProgressBar bar;
  private double loss;

  /**
   * A progress bar.
   *
   * @param pictures pictures of the whole training
   * @param done how many of them an earlier run has done; speed and time left are of this one
   * @param loss the loss a picture that the earlier run has reached; NaN for none
   */
  TrainingProgress(long pictures, long done, double loss) {
    this.loss = loss;
    bar = Progress.builder("training", pictures).startsFrom(done, Duration.ZERO).build();
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    int pictures = model.batchSize();
    double now = model.score() / pictures;
    loss = Double.isNaN(loss) ? now : SMOOTHING * loss + (1 - SMOOTHING) * now;
    bar.setExtraMessage(String.format(Locale.ROOT, " epoch %d loss %.4f", epoch + 1, loss));
    bar.stepBy(pictures);
  }

  /** The loss a picture, averaged over the last minibatches. */
  double loss() {
    return loss;
  }

  @Override
  public void close() {
    bar.close();
  }
}
