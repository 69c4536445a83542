package org.dl4jsnn.examples.support;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.TimeSteps;
import org.dl4jsnn.deploy.WeightQuantization;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/** What Deeplearning4j's two types of networks offer without a common interface. */
public final class AnyNetwork {

  private AnyNetwork() {}

  /** The evaluation of a network with one input and one output. */
  public static Evaluation evaluate(Model network, DataSetIterator data) {
    return network instanceof ComputationGraph graph
        ? graph.evaluate(data)
        : ((MultiLayerNetwork) network).evaluate(data);
  }

  /** The output of a network with one input and one output. */
  public static INDArray output(Model network, INDArray features) {
    return network instanceof ComputationGraph graph
        ? graph.outputSingle(features)
        : ((MultiLayerNetwork) network).output(features);
  }

  /** The settings common to all layers, such as the seed. */
  public static NeuralNetConfiguration common(Model network) {
    return network instanceof ComputationGraph graph
        ? graph.getConfiguration().getDefaultConfiguration()
        : ((MultiLayerNetwork) network).getDefaultConfiguration();
  }

  /** The layers of a network by name, in order. */
  public static Map<String, Layer> layers(NeuralNetwork network) {
    Map<String, Layer> layers = new LinkedHashMap<>();
    NetworkWalk.of(network).parts().stream()
        .filter(part -> part.layer() != null)
        .forEach(part -> layers.put(part.name(), part.layer()));
    return layers;
  }

  /** A network with the weights of another one, for another T. */
  public static NeuralNetwork withSteps(NeuralNetwork trained, int steps) {
    return trained instanceof ComputationGraph graph
        ? TimeSteps.change(graph, steps)
        : TimeSteps.change((MultiLayerNetwork) trained, steps);
  }

  /** A network with rounded weights. */
  public static NeuralNetwork rounded(NeuralNetwork trained, WeightQuantization rounding) {
    return trained instanceof ComputationGraph graph
        ? rounding.quantize(graph)
        : rounding.quantize((MultiLayerNetwork) trained);
  }
}
