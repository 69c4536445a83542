package org.dl4jsnn.deploy;

import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
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
    return NetworkRewriting.rewrite(trained, new Folding());
  }

  /**
   * A graph whose layers have a bias in place of their normalisation.
   *
   * @param trained a graph; left as it is
   * @return a graph of its own, for inference; of an unnormalised one a copy without the updater's
   *     state
   */
  public static ComputationGraph fold(ComputationGraph trained) {
    return NetworkRewriting.rewrite(trained, new Folding());
  }

  private static final class Folding implements LayerRewrite {

    @Override
    public BaseSpikingLayer replace(String key, BaseSpikingLayer layer) {
      return layer.getNormalization() == null ? layer : layer.withBiasForNormalization();
    }

    @Override
    public void fill(
        String key,
        BaseSpikingLayer trained,
        Map<String, INDArray> parameters,
        Map<String, INDArray> target) {
      if (trained.getNormalization() != null) {
        fold(trained, parameters).forEach((name, folded) -> target.get(name).assign(folded));
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
