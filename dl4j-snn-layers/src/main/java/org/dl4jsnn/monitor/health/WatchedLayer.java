package org.dl4jsnn.monitor.health;

import java.util.Optional;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A spiking layer in a network.
 *
 * @param name its name
 * @param activation what its activation goes by: an index, or a vertex's name
 * @param layer the layer; may be frozen
 * @param gradientKey of its weights in the network's gradient
 */
record WatchedLayer(String name, Object activation, Layer layer, String gradientKey) {

  /** The slope of the linear estimate, where a rule keeps one under this key. */
  private static final String SLOPE = "slope";

  /** The layer, if it is a spiking one. */
  static Optional<WatchedLayer> of(Layer layer, Object activation, String prefix) {
    // Of a frozen layer, this is the configuration of the layer inside.
    return layer.conf().getLayer() instanceof BaseSpikingLayer spiking
        ? Optional.of(
            new WatchedLayer(
                spiking.getLayerName(), activation, layer, prefix + "_" + Synapse.WEIGHT))
        : Optional.empty();
  }

  OptionalDouble slope() {
    INDArray slope = layer.paramTable() == null ? null : layer.paramTable().get(SLOPE);
    return slope == null ? OptionalDouble.empty() : OptionalDouble.of(slope.getDouble(0));
  }

  /** The norm of the weights' gradient as the updater gets it, without regularisation. */
  OptionalDouble gradientNorm(Gradient gradient, int minibatch) {
    INDArray weights = gradient == null ? null : gradient.gradientForVariable().get(gradientKey);
    if (weights == null || isFrozen()) {
      return OptionalDouble.empty();
    }
    double norm = weights.norm2Number().doubleValue();
    return OptionalDouble.of(layer.conf().isMiniBatch() ? norm / minibatch : norm);
  }

  private boolean isFrozen() {
    return layer instanceof FrozenLayer || layer instanceof FrozenLayerWithBackprop;
  }
}
