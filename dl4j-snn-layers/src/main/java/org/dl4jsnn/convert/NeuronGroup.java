package org.dl4jsnn.convert;

import org.dl4jsnn.spike.FeatureShape;

/**
 * A layer of neurons and what their rates stand for.
 *
 * @param layer its name in the spiking network
 * @param stage what it stands for
 * @param shape of its neurons
 * @param isSigned whether the second half of its channels stands for negative values
 */
record NeuronGroup(String layer, Stage stage, FeatureShape shape, boolean isSigned) {

  int channels() {
    return isSigned ? shape.channels() / 2 : shape.channels();
  }

  /** The name of the layer whose weights the neurons have, where it is one alone. */
  static String nameOf(Stage.Rectifier stage) {
    Stage below = stage.input();
    while (below instanceof Stage.Scaling) {
      below = below.input();
    }
    return below instanceof Stage.Linear ? below.name() : stage.name();
  }
}
