package org.dl4jsnn.deploy;

import java.util.Map;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.layer.LayerSettings;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The replacement of spiking layers in a trained network. */
interface LayerRewrite {

  /**
   * The layer that replaces a layer.
   *
   * @param key index of the layer in a MultiLayerNetwork, name of its vertex in a graph
   * @param layer the layer's configuration
   * @param settings the same, which makes changed copies of it
   * @return another configuration, or the same
   */
  FeedForwardLayer replace(String key, BaseSpikingLayer layer, LayerSettings settings);

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
