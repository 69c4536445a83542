package org.dl4jsnn.convert;

import org.dl4jsnn.spike.FeatureShape;

/**
 * A layer of neurons of the spiking network, and the stage that its rates represent; if signed, the
 * second half of its channels represents negative values.
 */
record NeuronGroup(String layer, Stage stage, FeatureShape shape, boolean isSigned) {

  int channels() {
    return isSigned ? shape.channels() / 2 : shape.channels();
  }

  /** The name of the layer whose weights the neurons have, if it is a single layer. */
  static String nameOf(Stage.Rectifier stage) {
    Stage below = stage.input();
    while (below instanceof Stage.Scaling) {
      below = below.input();
    }
    return below instanceof Stage.Linear ? below.name() : stage.name();
  }

  /** Receives an activation of a channel of the stage. */
  interface Taker {
    void take(int channel, int index, double activation);
  }

  /**
   * Passes on the non-negative activations that the neurons represent, in array order, of the
   * trained network's [minibatch, channels, positions].
   */
  void each(float[] activations, Taker taker) {
    double cap = Stage.capOf(stage);
    int positions = shape.positions();
    int channels = channels();
    for (int i = 0; i < activations.length; i++) {
      int channel = i / positions % channels;
      double value = activations[i];
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            ("activations must be finite, got %s in '%s'. Possible cause: training diverged, or"
                    + " features are not finite")
                .formatted(value, stage.name()));
      }
      if (isSigned) {
        int sample = i / positions / channels;
        int own = i + sample * channels * positions;
        taker.take(channel, own, Math.max(0, value));
        taker.take(channel, own + channels * positions, Math.max(0, -value));
      } else {
        taker.take(channel, i, Math.min(cap, Math.max(0, value)));
      }
    }
  }
}
