package org.dl4jsnn.internal.layer;

import org.dl4jsnn.internal.handover.AttachedSpikeTrains;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The input of a piece, as a layer of {@code rnnTimeStep} takes it. */
final class PieceInput {

  /** [minibatch, n, T]. */
  static final int AXES_OF_A_SERIES = 3;

  private static final int TIME_AXIS = 2;

  private PieceInput() {}

  /**
   * The activation that Deeplearning4j made a series of one step of: [minibatch, n] becomes
   * [minibatch, n, 1], another object over the same numbers.
   *
   * @param given what {@code rnnTimeStep} was given
   * @return the activation that the layer before made
   */
  static INDArray ofSpikes(INDArray given) {
    return isSeriesOfOne(given) ? AttachedSpikeTrains.sharing(given).orElse(given) : given;
  }

  /**
   * Features as an encoder takes them.
   *
   * @param given what {@code rnnTimeStep} was given, or [minibatch, n]
   * @param hasTimeAxis whether the encoder's features have a time axis
   * @return [minibatch, n, T], or [minibatch, n] without; images as they are
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
