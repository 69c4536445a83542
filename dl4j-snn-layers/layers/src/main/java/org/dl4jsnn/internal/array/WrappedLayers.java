package org.dl4jsnn.internal.array;

import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;

/** Unwraps layers. */
public final class WrappedLayers {

  private WrappedLayers() {}

  /**
   * The layer inside wrappers.
   *
   * @param layer a frozen layer, another wrapper, or a plain layer
   * @return the innermost layer
   */
  public static Layer inner(Layer layer) {
    if (layer instanceof FrozenLayer frozen) {
      return inner(frozen.getLayer());
    }
    return layer instanceof BaseWrapperLayer wrapper ? inner(wrapper.getUnderlying()) : layer;
  }

  /**
   * The layer inside wrappers.
   *
   * @param layer a layer of a network
   * @return the innermost layer
   */
  public static org.deeplearning4j.nn.api.Layer inner(org.deeplearning4j.nn.api.Layer layer) {
    return layer instanceof org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer wrapper
        ? inner(wrapper.getUnderlying())
        : layer;
  }
}
