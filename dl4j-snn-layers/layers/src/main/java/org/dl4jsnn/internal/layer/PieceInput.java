package org.dl4jsnn.internal.layer;

import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The input of a piece, as a layer receives it in {@code rnnTimeStep}. */
final class PieceInput {

  /** [minibatch, n, T]. */
  static final int AXES_OF_A_SERIES = 3;

  private static final int TIME_AXIS = 2;

  private PieceInput() {}

  /**
   * The original activation, which Deeplearning4j turns into a series of one step: [minibatch, n]
   * becomes [minibatch, n, 1], another object over the same memory.
   *
   * @param given the input of {@code rnnTimeStep}
   * @return the activation of the layer before
   */
  static INDArray ofSpikes(INDArray given) {
    return isSeriesOfOne(given) ? AttachedSpikeTrains.sharing(given).orElse(given) : given;
  }

  /**
   * Features in the form that an encoder takes.
   *
   * @param given the input of {@code rnnTimeStep}, or [minibatch, n]
   * @param hasTimeAxis whether the encoder's features have a time axis
   * @return [minibatch, n, T], or [minibatch, n] without a time axis; images are unchanged
   */
  static INDArray ofFeatures(INDArray given, boolean hasTimeAxis) {
    if (hasTimeAxis && given.rank() == 2) {
      return given.reshape(given.size(0), given.size(1), 1);
    }
    if (!hasTimeAxis && isSeriesOfOne(given)) {
      return given.reshape(given.size(0), given.size(1));
    }
    return given;
  }

  private static boolean isSeriesOfOne(INDArray given) {
    return given.rank() == AXES_OF_A_SERIES && given.size(TIME_AXIS) == 1;
  }
}
