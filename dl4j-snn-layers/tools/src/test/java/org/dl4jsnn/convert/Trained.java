package org.dl4jsnn.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
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
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Small networks without spikes, as if trained: weights, biases and statistics are drawn. */
final class Trained {

  static final int CLASSES = 4;
  static final int SAMPLES = 6;

  private Trained() {}

  static NeuralNetConfiguration.Builder settings() {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .updater(new Adam(1e-3))
        .weightInit(WeightInit.RELU)
        .activation(Activation.RELU);
  }

  static OutputLayer readOut() {
    return new OutputLayer.Builder(new LossMCXENT())
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }

  static MultiLayerNetwork network(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = Networks.of(configuration);
    draw(network.getLayers());
    return network;
  }

  static ComputationGraph graph(ComputationGraphConfiguration configuration) {
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
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
    List<DataSet> sets = new ArrayList<>();
    for (INDArray features : minibatches) {
      INDArray labels = Nd4j.zeros(features.size(0), CLASSES);
      for (long i = 0; i < features.size(0); i++) {
        labels.putScalar(i, i % CLASSES, 1);
      }
      sets.add(new DataSet(features, labels));
    }
    return new ExistingDataSetIterator(sets);
  }

  /** Its spiking network of T steps, calibrated by the features themselves. */
  static MultiLayerNetwork converted(MultiLayerNetwork trained, INDArray features, int steps) {
    return SpikingConversion.of(trained)
        .calibrate(data(features))
        .scales(Scales.maximum())
        .steps(steps)
        .convert()
        .network();
  }
}
