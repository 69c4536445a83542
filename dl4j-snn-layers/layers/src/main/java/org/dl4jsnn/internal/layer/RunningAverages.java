package org.dl4jsnn.internal.layer;

import java.util.Map;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.normalize.NormalizedCurrents;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The statistics for normalisation in inference: parameters that no updater touches, whose
 * "gradient" is their change, as in Deeplearning4j's batch normalisation.
 */
record RunningAverages(INDArray mean, INDArray variance, double decay) {

  static RunningAverages of(Map<String, INDArray> parameters, double decay) {
    return new RunningAverages(
        parameters.get(CurrentNormalization.MEAN),
        parameters.get(CurrentNormalization.VARIANCE),
        decay);
  }

  /** Moves the averages towards a minibatch's statistics when the network's update is applied. */
  void update(NormalizedCurrents currents, Map<String, INDArray> gradients) {
    change(mean, currents.mean(), gradients.get(CurrentNormalization.MEAN));
    change(variance, currents.variance(), gradients.get(CurrentNormalization.VARIANCE));
  }

  private void change(INDArray average, double[] latest, INDArray change) {
    for (int i = 0; i < latest.length; i++) {
      change.putScalar(i, (1 - decay) * (average.getDouble(i) - latest[i]));
    }
  }
}
