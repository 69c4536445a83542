package org.dl4jsnn.conf;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of spiking layers with one name, while a configuration is built layer by layer. */
final class LayerNames {

  private static final Logger LOG = LoggerFactory.getLogger(LayerNames.class);

  private LayerNames() {}

  /**
   * The names up to a layer.
   *
   * @param before the names of the layers before it
   * @param layer the layer
   * @param index its place in the network, or {@link RatesType#UNKNOWN}
   */
  static List<String> with(List<String> before, Layer layer, int index) {
    String name = layer.getLayerName();
    if (name == null || index == RatesType.UNKNOWN) {
      return before;
    }
    if (before.contains(name)) {
      LOG.warn(
          "names of layers should differ, got '{}' for layer {} ({}) and for one before it. Reports,"
              + " recordings and plots tell layers by their names, and keep only one of them. Set"
              + " .name(...) on their builders",
          name,
          index,
          layer.getClass().getSimpleName());
      return before;
    }
    return Stream.concat(before.stream(), Stream.of(name)).toList();
  }
}
