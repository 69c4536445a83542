package org.dl4jsnn.examples.support;

import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
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
}
