package org.dl4jsnn.deploy;

import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.array.WrappedLayers;
import org.dl4jsnn.internal.layer.LayerSettings;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes a network from a trained one by replacing spiking layers. Wrappers of replaced layers are
 * dropped, as is the updater's state.
 */
final class NetworkRewriting {

  private NetworkRewriting() {}

  static MultiLayerNetwork rewrite(MultiLayerNetwork trained, LayerRewrite rewrite) {
    MultiLayerConfiguration configuration = trained.getLayerWiseConfigurations().clone();
    for (int i = 0; i < configuration.getConfs().size(); i++) {
      replace(String.valueOf(i), trained.getLayer(i), configuration.getConf(i), rewrite);
    }
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    for (int i = 0; i < trained.getnLayers(); i++) {
      takeOver(String.valueOf(i), trained.getLayer(i), network.getLayer(i), rewrite);
    }
    return network;
  }

  static ComputationGraph rewrite(ComputationGraph trained, LayerRewrite rewrite) {
    ComputationGraphConfiguration configuration = trained.getConfiguration().clone();
    // A clone of a configuration loses them.
    configuration.setIterationCount(trained.getConfiguration().getIterationCount());
    configuration.setEpochCount(trained.getConfiguration().getEpochCount());
    for (Map.Entry<String, GraphVertex> entry : configuration.getVertices().entrySet()) {
      GraphVertex vertex = entry.getValue();
      GraphVertex inner = vertex instanceof FrozenVertex frozen ? frozen.getUnderlying() : vertex;
      if (inner instanceof LayerVertex layer) {
        replace(entry.getKey(), trained.getLayer(entry.getKey()), layer.getLayerConf(), rewrite);
      }
    }
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    for (String name : configuration.getVertices().keySet()) {
      if (trained.getVertex(name).hasLayer()) {
        takeOver(name, trained.getLayer(name), network.getLayer(name), rewrite);
      }
    }
    return network;
  }

  private static void replace(
      String key, Layer trained, NeuralNetConfiguration configuration, LayerRewrite rewrite) {
    // Pooling without neurons is another layer, and keeps its configuration.
    if (WrappedLayers.inner(trained) instanceof SpikingLayer spiking
        && spiking.layerConf() instanceof BaseSpikingLayer layer) {
      FeedForwardLayer replaced = rewrite.replace(key, layer, spiking.settings());
      if (replaced != layer) {
        configuration.setLayer(replaced);
        // The names of parameters, which a clone keeps unchanged.
        configuration.clearVariables();
      }
    }
  }

  private static void takeOver(String key, Layer from, Layer to, LayerRewrite rewrite) {
    Map<String, INDArray> trained = from.paramTable();
    Map<String, INDArray> target = to.paramTable();
    if (trained == null || target == null) {
      return; // a layer without parameters
    }
    target.forEach(
        (name, parameter) -> {
          if (trained.containsKey(name)) {
            parameter.assign(trained.get(name));
          }
        });
    if (WrappedLayers.inner(from.conf().getLayer()) instanceof BaseSpikingLayer layer) {
      rewrite.fill(key, layer, trained, target);
    }
  }

  /** The replacement of spiking layers in a trained network. */
  interface LayerRewrite {

    /**
     * {@return the layer that replaces a layer, or the same} Its key is its index in a
     * MultiLayerNetwork, the name of its vertex in a graph; its settings make changed copies of it.
     */
    FeedForwardLayer replace(String key, BaseSpikingLayer layer, LayerSettings settings);

    /** Sets those parameters of a replacement that have no equal name in the trained layer. */
    void fill(
        String key,
        BaseSpikingLayer trained,
        Map<String, INDArray> parameters,
        Map<String, INDArray> target);
  }
}
