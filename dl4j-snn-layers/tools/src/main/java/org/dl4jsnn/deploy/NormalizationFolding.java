package org.dl4jsnn.deploy;

import java.util.Map;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.layer.FoldedWeights;
import org.dl4jsnn.internal.layer.LayerSettings;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * Folds the normalisation of currents into weights and bias (equation 24 of docs/mathematics.md).
 * With plain synapses, the folded network computes what the normalised network computes in
 * inference, up to rounding.
 *
 * <pre>{@code
 * MultiLayerNetwork folded = NormalizationFolding.fold(trained);
 * }</pre>
 */
public final class NormalizationFolding {

  private NormalizationFolding() {}

  /**
   * Folds a network, whose layers then have a bias instead of their normalisation.
   *
   * @param trained a network; not changed
   * @return a new network for inference; an unnormalised network is copied without the updater's
   *     state
   */
  public static MultiLayerNetwork fold(MultiLayerNetwork trained) {
    return NetworkRewriting.rewrite(trained, new Folding());
  }

  /**
   * Folds a graph, whose layers then have a bias instead of their normalisation.
   *
   * @param trained a graph; not changed
   * @return a new graph for inference; an unnormalised graph is copied without the updater's state
   */
  public static ComputationGraph fold(ComputationGraph trained) {
    return NetworkRewriting.rewrite(trained, new Folding());
  }

  /**
   * Makes a network whose normalisation is folded, such as a pre-trained one, trainable again: the
   * inverse of equation 24 of docs/mathematics.md, with μ and σ² from samples.
   *
   * <p>Every layer with a bias and without normalisation keeps its weights W, unless it is frozen.
   * Its bias b becomes a normalisation with γ = √(σ² + ε) and β = μ + b, where μ and σ² are the
   * mean and the variance of the layer's mean currents without the bias. In inference the network
   * therefore computes what the given one computes, up to rounding; in training it normalises over
   * minibatches. A channel that the samples leave silent has no variance, and learns little until
   * its input does.
   *
   * <p>The result has the given network's updater and gradient rules. The updater's state is gone,
   * so iterations and epochs are counted from zero again.
   *
   * @param folded a trained network; not changed
   * @param normalization decay and ε of the new normalisations
   * @param samples training samples as they are tested, about a thousand in all; labels are not
   *     read
   * @return a new network without the updater's state
   * @throws IllegalArgumentException if there are fewer than two samples, if they have masks or
   *     cannot be reset, or if no layer has a bias instead of a normalisation
   */
  public static MultiLayerNetwork unfold(
      MultiLayerNetwork folded, CurrentNormalization normalization, DataSetIterator samples) {
    return NormalizationUnfolding.unfold(folded, normalization, samples);
  }

  /**
   * Unfolds a graph with one input.
   *
   * @param folded a trained graph; not changed
   * @param normalization decay and ε of the new normalisations
   * @param samples training samples as they are tested, about a thousand in all; labels are not
   *     read
   * @return a new graph without the updater's state
   * @throws IllegalArgumentException if there are fewer than two samples, if they have masks or
   *     cannot be reset, if the graph has several inputs, or if no layer has a bias instead of a
   *     normalisation
   */
  public static ComputationGraph unfold(
      ComputationGraph folded, CurrentNormalization normalization, DataSetIterator samples) {
    return NormalizationUnfolding.unfold(folded, normalization, samples);
  }

  private static final class Folding implements NetworkRewriting.LayerRewrite {

    @Override
    public FeedForwardLayer replace(String key, BaseSpikingLayer layer, LayerSettings settings) {
      return layer.getNormalization() == null ? layer : settings.withCurrents(true, null);
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
    INDArray weights = parameters.get(Synapse.WEIGHT);
    double epsilon = layer.getNormalization().epsilon();
    return new FoldedWeights(weights, layer.outputAxis())
        .fold(weights, FoldedWeights.Scaling.ofRun(epsilon, parameters));
  }
}
