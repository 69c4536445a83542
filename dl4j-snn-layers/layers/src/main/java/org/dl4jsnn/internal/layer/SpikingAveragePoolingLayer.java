package org.dl4jsnn.internal.layer;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.api.buffer.DataType;

/** Average pooling with spiking neurons. */
public final class SpikingAveragePoolingLayer extends SpikingLayer {

  private static final long serialVersionUID = 1L;

  /**
   * Creates a layer; called by its configuration.
   *
   * @param conf the configuration
   * @param dataType the network's data type
   * @param settings the layer's settings
   * @param onlyConsumer whether no other layer reads this layer's input
   */
  public SpikingAveragePoolingLayer(
      NeuralNetConfiguration conf,
      DataType dataType,
      LayerSettings settings,
      boolean onlyConsumer) {
    super(conf, dataType, settings, onlyConsumer);
  }
}
