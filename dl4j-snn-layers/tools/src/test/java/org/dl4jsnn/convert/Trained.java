package org.dl4jsnn.convert;

import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.Networks;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Small networks without spikes, as if trained: weights, biases and statistics are drawn. */
final class Trained {

  static final int CLASSES = 4;
  static final int SAMPLES = 6;

  private Trained() {}

  static NeuralNetConfiguration.Builder settings() {
    return Networks.seeded(5)
        .updater(new Adam(1e-3))
        .weightInit(WeightInit.RELU)
        .activation(Activation.RELU);
  }

  static OutputLayer readOut() {
    return Networks.softmax(CLASSES);
  }

  static MultiLayerNetwork network(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = Networks.of(configuration);
    draw(network.getLayers());
    return network;
  }

  static ComputationGraph graph(GraphBuilder builder) {
    ComputationGraph graph = Networks.of(builder);
    draw(graph.getLayers());
    return graph;
  }

  /** Biases and statistics, which Deeplearning4j begins with 0 and 1. */
  private static void draw(Layer[] layers) {
    Random random = new Random(7);
    for (Layer layer : layers) {
      Map<String, INDArray> parameters = layer.paramTable();
      boolean isNormalization = layer.conf().getLayer() instanceof BatchNormalization;
      if (parameters != null) {
        parameters.forEach(
            (name, values) -> {
              for (long i = 0; i < values.length(); i++) {
                if (isNormalization) {
                  double around = name.equals("gamma") || name.equals("var") ? 1 : 0;
                  values.putScalar(i, around + 0.4 * (random.nextDouble() - 0.5));
                } else if (name.equals("b")) {
                  values.putScalar(i, 0.3 * random.nextGaussian());
                }
              }
            });
      }
    }
  }

  static INDArray images(long... shape) {
    Nd4j.getRandom().setSeed(11);
    return Nd4j.rand(shape);
  }

  static DataSetIterator data(INDArray... minibatches) {
    return new ExistingDataSetIterator(
        Stream.of(minibatches)
            .map(x -> new DataSet(x, Networks.labels((int) x.size(0), CLASSES)))
            .toList());
  }

  /** Its spiking network of T steps, calibrated by the features themselves. */
  static MultiLayerNetwork converted(MultiLayerNetwork trained, INDArray features, int steps) {
    return converted(SpikingConversion.of(trained), features, steps);
  }

  static ComputationGraph converted(ComputationGraph trained, INDArray features, int steps) {
    return converted(SpikingConversion.of(trained), features, steps);
  }

  private static <N extends NeuralNetwork> N converted(
      SpikingConversion<N> conversion, INDArray features, int steps) {
    return conversion
        .calibrate(data(features))
        .scales(Scales.maximum())
        .steps(steps)
        .convert()
        .network();
  }
}
