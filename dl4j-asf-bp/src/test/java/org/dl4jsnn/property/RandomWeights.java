package org.dl4jsnn.property;

import java.util.Random;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.internal.layer.SpikingLayer;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Draws the weights of spiking layers: slightly positive on average, so that neurons fire. */
final class RandomWeights {

  private static final double LEAN = 0.3;
  private static final double BIAS = 0.1;

  private RandomWeights() {}

  static void draw(RandomNetworkPlan plan, Model model) {
    Random random = new Random(plan.seed() + 1);
    Layer[] layers =
        model instanceof MultiLayerNetwork chain
            ? chain.getLayers()
            : ((ComputationGraph) model).getLayers();
    for (Layer layer : layers) {
      if (layer instanceof SpikingLayer) {
        draw(plan, layer.getParam(Synapse.WEIGHT), 0, random);
        draw(plan, layer.getParam(Synapse.BIAS), BIAS, random);
      }
    }
  }

  private static void draw(RandomNetworkPlan plan, INDArray parameter, double size, Random random) {
    if (parameter == null) {
      return;
    }
    long outputs = parameter.rank() == 2 ? parameter.size(1) : parameter.size(0);
    double deviation = size > 0 ? size : Math.sqrt(2.0 * outputs / parameter.length());
    float[] values = new float[(int) parameter.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) plan.arithmetic().of(deviation * (random.nextGaussian() + LEAN));
    }
    parameter.assign(Nd4j.create(values, parameter.shape(), 'c'));
  }
}
