package org.dl4jsnn.train;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** The loss per sample, averaged over the last minibatches. */
final class RunningLoss extends BaseTrainingListener {

  private static final double SMOOTHING = 0.98;

  private final TrainableNetwork<?> network;
  private double loss;

  /**
   * Creates a running loss.
   *
   * @param loss the loss reached by an earlier run; NaN for none
   */
  RunningLoss(TrainableNetwork<?> network, double loss) {
    this.network = network;
    this.loss = loss;
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    int samples = model.batchSize();
    // Deeplearning4j divides by the minibatch size unless configured otherwise.
    double now = network.common().isMiniBatch() ? model.score() : model.score() / samples;
    loss = Double.isNaN(loss) ? now : SMOOTHING * loss + (1 - SMOOTHING) * now;
  }

  double loss() {
    return loss;
  }
}
