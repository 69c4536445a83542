package org.dl4jsnn.convert;

import org.dl4jsnn.spike.FeatureShape;

/**
 * A layer of neurons and what their rates represent.
 *
 * @param layer its name in the spiking network
 * @param stage the stage that it represents
 * @param shape the shape of its neurons
 * @param isSigned whether the second half of its channels represents negative values
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
}
