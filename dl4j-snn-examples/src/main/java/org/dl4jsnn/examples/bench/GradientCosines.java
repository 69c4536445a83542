package org.dl4jsnn.examples.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.data.PrefetchingIterator;
import org.dl4jsnn.gradient.BackpropRules;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * The similarity of a rule's weight gradients to the gradient through layers and time, on the same
 * spikes: the cosine of their angle per layer.
 */
final class GradientCosines {

  private final GradientsSettings settings;
  private final DataSet digits;
  private MultiLayerNetwork network;

  GradientCosines(GradientsSettings settings, int steps) {
    this.settings = settings;
    this.network = settings.network(steps, GradientRule.ASF.rule());
    this.digits = settings.training().inOrder(settings.batch).next();
  }

  void trainAnEpoch() {
    try (PrefetchingIterator minibatches =
        new PrefetchingIterator(
            settings.training().shuffled(settings.batch, settings.seed, 0), 2)) {
      network.fit(minibatches);
    }
  }

  /** For each other rule, the cosine of every layer with weights, by the layer's name. */
  Map<GradientRule, Map<String, Double>> measure() {
    Map<String, INDArray> exact = gradients(GradientRule.SPATIO_TEMPORAL);
    Map<GradientRule, Map<String, Double>> cosines = new LinkedHashMap<>();
    for (GradientRule rule : GradientRule.values()) {
      if (rule != GradientRule.SPATIO_TEMPORAL) {
        Map<String, Double> byLayer = new LinkedHashMap<>();
        gradients(rule)
            .forEach(
                (layer, gradient) ->
                    byLayer.put(layer, Transforms.cosineSim(gradient, exact.get(layer))));
        cosines.put(rule, byLayer);
      }
    }
    return cosines;
  }

  /**
   * The weight gradients of the spiking layers; those of the read-out do not depend on the rule.
   */
  private Map<String, INDArray> gradients(GradientRule rule) {
    MultiLayerNetwork swapped = BackpropRules.swap(network, rule.rule());
    swapped.setInput(digits.getFeatures());
    swapped.setLabels(digits.getLabels());
    swapped.computeGradientAndScore();
    Map<String, INDArray> gradients = new LinkedHashMap<>();
    for (int layer = 0; layer < swapped.getnLayers() - 1; layer++) {
      INDArray gradient = swapped.gradient().getGradientFor(layer + "_W");
      if (gradient != null) {
        String name = swapped.getLayer(layer).conf().getLayer().getLayerName();
        gradients.put(name, gradient.dup().reshape(gradient.length()));
      }
    }
    return gradients;
  }
}
