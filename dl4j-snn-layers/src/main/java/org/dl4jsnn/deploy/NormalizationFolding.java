package org.dl4jsnn.deploy;

import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.WrappedLayers;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.normalize.FoldedWeights;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Folds the normalisation of currents into weights and bias (equation 24 of docs/mathematics.md).
 * What a normalised network does in inference, the folded one does with plain synapses, up to
 * rounding.
 */
public final class NormalizationFolding {

  private NormalizationFolding() {}

  /**
   * A network whose layers have a bias in place of their normalisation.
   *
   * @param trained a network; left as it is
   * @return a network of its own, for inference; of an unnormalised one a copy without the
   *     updater's state
   */
  public static MultiLayerNetwork fold(MultiLayerNetwork trained) {
    MultiLayerConfiguration configuration = trained.getLayerWiseConfigurations().clone();
    configuration.getConfs().forEach(NormalizationFolding::fold);
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    takeOver(trained.getLayers(), network.getLayers());
    return network;
  }

  /**
   * A graph whose layers have a bias in place of their normalisation.
   *
   * @param trained a graph; left as it is
   * @return a graph of its own, for inference; of an unnormalised one a copy without the updater's
   *     state
   */
  public static ComputationGraph fold(ComputationGraph trained) {
    ComputationGraphConfiguration configuration = trained.getConfiguration().clone();
    // A configuration's clone forgets them.
    configuration.setIterationCount(trained.getConfiguration().getIterationCount());
    configuration.setEpochCount(trained.getConfiguration().getEpochCount());
    for (GraphVertex vertex : configuration.getVertices().values()) {
      GraphVertex inner = vertex instanceof FrozenVertex frozen ? frozen.getUnderlying() : vertex;
      if (inner instanceof LayerVertex layer) {
        fold(layer.getLayerConf());
      }
    }
    ComputationGraph network = new ComputationGraph(configuration);
    network.init();
    takeOver(trained.getLayers(), network.getLayers());
    return network;
  }

  private static void fold(NeuralNetConfiguration configuration) {
    if (WrappedLayers.inner(configuration.getLayer()) instanceof BaseSpikingLayer spiking
        && spiking.getNormalization() != null) {
      // Training ends here, and what a wrapper is for.
      configuration.setLayer(spiking.withBiasForNormalization());
      // The names of parameters, which a clone keeps.
      configuration.clearVariables();
    }
  }

  private static void takeOver(Layer[] from, Layer[] to) {
    for (int i = 0; i < from.length; i++) {
      Map<String, INDArray> trained = from[i].paramTable();
      Map<String, INDArray> target = to[i].paramTable();
      if (trained == null || target == null) {
        continue; // a layer without parameters
      }
      target.forEach(
          (name, parameter) -> {
            if (trained.containsKey(name)) {
              parameter.assign(trained.get(name));
            }
          });
      if (WrappedLayers.inner(from[i].conf().getLayer()) instanceof BaseSpikingLayer layer
          && layer.getNormalization() != null) {
        fold(layer, trained).forEach((name, folded) -> target.get(name).assign(folded));
      }
    }
  }

  private static Map<String, INDArray> fold(
      BaseSpikingLayer layer, Map<String, INDArray> parameters) {
    double[] scale = parameters.get(CurrentNormalization.GAIN).toDoubleVector();
    double[] variance = parameters.get(CurrentNormalization.VARIANCE).toDoubleVector();
    for (int i = 0; i < scale.length; i++) {
      scale[i] *= 1 / Math.sqrt(variance[i] + layer.getNormalization().epsilon());
    }
    INDArray weights = parameters.get(Synapse.WEIGHT);
    return new FoldedWeights(weights, layer.outputAxis())
        .fold(
            weights,
            scale,
            parameters.get(CurrentNormalization.MEAN).toDoubleVector(),
            parameters.get(CurrentNormalization.SHIFT).toDoubleVector());
  }
}
