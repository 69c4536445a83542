package org.dl4jsnn.monitor.health;

import java.util.List;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.gradient.Gradient;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A spiking layer in a network; may be frozen. */
record WatchedLayer(NetworkPart part) {

  /** The slope of the linear estimate, if a rule keeps one under this key. */
  private static final String SLOPE = "slope";

  /** The spiking layers, starting at the input. */
  static List<WatchedLayer> of(NetworkWalk network) {
    return network.parts().stream()
        .filter(part -> part.configuration() instanceof BaseSpikingLayer)
        .map(WatchedLayer::new)
        .toList();
  }

  /** Whether its activation is firing rates; those of currents have no row of rates. */
  boolean hasRates() {
    return part.hasRates();
  }

  String name() {
    return part.name();
  }

  OptionalDouble slope() {
    INDArray slope =
        part.layer().paramTable() == null ? null : part.layer().paramTable().get(SLOPE);
    return slope == null ? OptionalDouble.empty() : OptionalDouble.of(slope.getDouble(0));
  }

  /** Whether the layer's activity adds to the loss; a frozen layer's does not. */
  boolean hasPenalty() {
    BaseSpikingLayer layer = (BaseSpikingLayer) part.configuration();
    return !part.isFrozen()
        && (layer.getFiringRateRegularization() != null
            || layer.getSynapticOperationsRegularization() != null);
  }

  /** The activity term of the last pass in the loss. */
  double penalty() {
    return ((SpikingLayer) part.layer()).activityPenalty();
  }

  /** The norm of the weights' gradient passed to the updater, without regularisation. */
  OptionalDouble gradientNorm(Gradient gradient, int minibatch) {
    String key = part.key() + "_" + Synapse.WEIGHT;
    INDArray weights = gradient == null ? null : gradient.gradientForVariable().get(key);
    if (weights == null || part.isFrozen()) {
      return OptionalDouble.empty();
    }
    double norm = weights.norm2Number().doubleValue();
    return OptionalDouble.of(part.layer().conf().isMiniBatch() ? norm / minibatch : norm);
  }
}
