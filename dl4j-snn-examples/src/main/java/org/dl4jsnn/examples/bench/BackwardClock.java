package org.dl4jsnn.examples.bench;

import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Times the backward pass of the last minibatch. */
final class BackwardClock extends BaseTrainingListener {

  private long start;
  private double seconds;

  @Override
  public void onForwardPass(Model model, List<INDArray> activations) {
    start = System.nanoTime();
  }

  @Override
  public void onBackwardPass(Model model) {
    seconds = (System.nanoTime() - start) * 1e-9;
  }

  double seconds() {
    return seconds;
  }
}
