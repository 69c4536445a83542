package org.dl4jsnn.deploy;

import java.util.Map;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What becomes of the spiking layers of a trained network. */
interface LayerRewrite {

  /**
   * The layer that takes a layer's place.
   *
   * @param key index of the layer in a MultiLayerNetwork, name of its vertex in a graph
   * @param layer a layer of a copy of the configuration
   * @return another layer, or the same one
   */
  BaseSpikingLayer replace(String key, BaseSpikingLayer layer);

  /**
   * Sets the parameters of a layer that took another one's place. Those of the same name are copies
   * already.
   *
   * @param key as above
   * @param trained the trained layer
   * @param parameters of the trained layer
   * @param target those to set
   */
  void fill(
      String key,
      BaseSpikingLayer trained,
      Map<String, INDArray> parameters,
      Map<String, INDArray> target);
}
