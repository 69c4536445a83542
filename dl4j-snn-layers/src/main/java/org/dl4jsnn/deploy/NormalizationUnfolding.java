package org.dl4jsnn.deploy;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.walk.NetworkVisitor;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.dl4jsnn.normalize.CurrentNormalization;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Makes a network with {@link NormalizationFolding folded} normalisation trainable again, such as a
 * pre-trained one: the inverse of equation 24 of docs/mathematics.md, with μ and σ² from samples.
 *
 * <p>Every layer with a bias and without normalisation keeps its weights W. Its bias b becomes a
 * normalisation with γ = √(σ² + ε) and β = μ + b, where μ and σ² are the mean and the variance of
 * the layer's mean currents without the bias. In inference the network therefore computes what the
 * given one computes, up to rounding; in training it normalises over minibatches.
 *
 * <p>The result has the given network's updater and gradient rules.
 */
public final class NormalizationUnfolding {

  private NormalizationUnfolding() {}

  /**
   * Unfolds a network.
   *
   * @param folded a trained network; not changed
   * @param normalization decay and ε of the new normalisations
   * @param samples training samples as they are tested, about a thousand; labels are not read
   * @return a new network without the updater's state
   * @throws IllegalArgumentException if there are no samples, if they have masks, or if no layer
   *     has a bias instead of a normalisation
   */
  public static MultiLayerNetwork unfold(
      MultiLayerNetwork folded, CurrentNormalization normalization, DataSetIterator samples) {
    return NetworkRewriting.rewrite(folded, unfolding(folded, normalization, samples));
  }

  /**
   * Unfolds a graph with one input.
   *
   * @param folded a trained graph; not changed
   * @param normalization decay and ε of the new normalisations
   * @param samples training samples as they are tested, about a thousand; labels are not read
   * @return a new graph without the updater's state
   * @throws IllegalArgumentException if there are no samples, if they have masks, if the graph has
   *     several inputs, or if no layer has a bias instead of a normalisation
   */
  public static ComputationGraph unfold(
      ComputationGraph folded, CurrentNormalization normalization, DataSetIterator samples) {
    return NetworkRewriting.rewrite(folded, unfolding(folded, normalization, samples));
  }

  private static Unfolding unfolding(
      NeuralNetwork folded, CurrentNormalization normalization, DataSetIterator samples) {
    Require.given("normalization", normalization);
    Require.given("samples", samples);
    NetworkWalk walk = NetworkWalk.of(folded);
    Statistics statistics = new Statistics();
    samples.reset();
    boolean any = false;
    while (samples.hasNext()) {
      DataSet minibatch = samples.next();
      if (minibatch.getFeaturesMaskArray() != null) {
        throw new IllegalArgumentException(
            "samples must have no masks, got a mask of the features. Possible cause: sequences of"
                + " different lengths; give samples of one length");
      }
      walk.run(new INDArray[] {minibatch.getFeatures()}, false, statistics);
      any = true;
    }
    if (!any) {
      throw new IllegalArgumentException("samples must be at least one minibatch, got none");
    }
    if (statistics.ofLayers.isEmpty()) {
      throw new IllegalArgumentException(
          "network must have a spiking layer with a bias and without normalisation, got none."
              + " Possible cause: its normalisation was never folded");
    }
    return new Unfolding(normalization, statistics.ofLayers);
  }

  private static boolean isFolded(BaseSpikingLayer layer) {
    return layer.hasBias() && layer.getNormalization() == null;
  }

  /** Collects the currents of folded layers while the network runs. */
  private static final class Statistics implements NetworkVisitor {

    private final Map<String, CurrentStatistics> ofLayers = new HashMap<>();

    @Override
    public void leave(Passage passage) {
      if (passage.part().configuration() instanceof BaseSpikingLayer layer && isFolded(layer)) {
        ofLayers.computeIfAbsent(passage.part().key(), key -> new CurrentStatistics()).add(passage);
      }
    }
  }

  private record Unfolding(
      CurrentNormalization normalization, Map<String, CurrentStatistics> statistics)
      implements LayerRewrite {

    @Override
    public BaseSpikingLayer replace(String key, BaseSpikingLayer layer) {
      return isFolded(layer) ? layer.withNormalizationForBias(normalization) : layer;
    }

    @Override
    public void fill(
        String key,
        BaseSpikingLayer trained,
        Map<String, INDArray> parameters,
        Map<String, INDArray> target) {
      if (!isFolded(trained)) {
        return;
      }
      INDArray bias = parameters.get(Synapse.BIAS);
      // The currents are those with the bias, so that their mean is the new shift.
      INDArray mean = statistics.get(key).mean().castTo(bias.dataType());
      INDArray variance = statistics.get(key).variance();
      target
          .get(CurrentNormalization.GAIN)
          .assign(Transforms.sqrt(variance.add(normalization.epsilon())));
      target.get(CurrentNormalization.SHIFT).assign(mean);
      target.get(CurrentNormalization.MEAN).assign(mean.sub(bias));
      target.get(CurrentNormalization.VARIANCE).assign(variance);
    }
  }
}
