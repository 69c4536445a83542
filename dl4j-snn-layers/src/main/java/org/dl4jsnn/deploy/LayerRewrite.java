package org.dl4jsnn.deploy;

import java.util.Map;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The replacement of spiking layers in a trained network. */
interface LayerRewrite {

  /**
   * The layer that replaces a layer.
   *
   * @param key index of the layer in a MultiLayerNetwork, name of its vertex in a graph
   * @param layer a layer of a copy of the configuration
   * @return another layer, or the same
   */
  BaseSpikingLayer replace(String key, BaseSpikingLayer layer);

  /**
   * Sets the parameters of a replacement layer. Parameters with equal names have already been
   * copied.
   *
   * @param key as above
   * @param trained the trained layer
   * @param parameters of the trained layer
   * @param target the parameters to set
   */
  void fill(
      String key,
      BaseSpikingLayer trained,
      Map<String, INDArray> parameters,
      Map<String, INDArray> target);
}
