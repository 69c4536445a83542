package org.dl4jsnn.internal.array;

import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;

/** Unwraps layers. */
public final class WrappedLayers {

  private WrappedLayers() {}

  /** The innermost layer of a frozen layer or another wrapper, or the layer itself. */
  public static Layer inner(Layer layer) {
    if (layer instanceof FrozenLayer frozen) {
      return inner(frozen.getLayer());
    }
    return layer instanceof BaseWrapperLayer wrapper ? inner(wrapper.getUnderlying()) : layer;
  }

  /** The same for a layer of a network. */
  public static org.deeplearning4j.nn.api.Layer inner(org.deeplearning4j.nn.api.Layer layer) {
    return layer instanceof org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer wrapper
        ? inner(wrapper.getUnderlying())
        : layer;
  }
}
