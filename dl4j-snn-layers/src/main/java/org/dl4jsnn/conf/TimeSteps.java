package org.dl4jsnn.conf;

import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Changes the number of time steps T of a trained network. Weights do not depend on it. */
public final class TimeSteps {

  private TimeSteps() {}

  /**
   * A network with the parameters of a trained one that runs for another number of steps. It is at
   * the same iteration and epoch, with the same state of the updater.
   *
   * @param trained a network whose first layer is a {@link SpikeEncoding}; left as it is
   * @param steps T, at least 1
   * @return a network of its own
   * @throws IllegalArgumentException if the number breaks its rule, if the network does not begin
   *     with a {@link SpikeEncoding}, or if that takes T from its features
   */
  public static MultiLayerNetwork change(MultiLayerNetwork trained, int steps) {
    MultiLayerConfiguration configuration = trained.getLayerWiseConfigurations().clone();
    Layer first = configuration.getConf(0).getLayer();
    while (first instanceof FrozenLayer frozen) {
      first = frozen.getLayer();
    }
    if (!(first instanceof SpikeEncoding encoding)) {
      throw new IllegalArgumentException(
          "network must begin with a SpikeEncoding to change its steps, got "
              + first.getClass().getSimpleName());
    }
    encoding.setEncoder(encoding.getEncoder().withSteps(steps));
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init(trained.params(), true);
    if (trained.updaterState() != null) {
      network.updaterState().assign(trained.updaterState());
    }
    return network;
  }
}
