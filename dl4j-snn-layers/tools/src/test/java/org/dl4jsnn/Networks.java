package org.dl4jsnn;

import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** What the networks of many tests have in common. Networks are initialised. */
public final class Networks {

  private Networks() {}

  public static NeuralNetConfiguration.Builder seeded(long seed) {
    return new NeuralNetConfiguration.Builder().seed(seed);
  }

  public static MultiLayerNetwork of(
      NeuralNetConfiguration.Builder settings, InputType input, Layer... layers) {
    return of(row(settings, layers).setInputType(input).build());
  }

  /** Of layers between an encoding and a read-out. */
  public static MultiLayerNetwork of(
      NeuralNetConfiguration.Builder settings,
      InputType input,
      Layer encoding,
      Layer[] layers,
      Layer readOut) {
    return of(
        row(settings.list().layer(encoding), layers).layer(readOut).setInputType(input).build());
  }

  /** Of layers that know the sizes of their inputs. */
  public static MultiLayerNetwork of(NeuralNetConfiguration.Builder settings, Layer... layers) {
    return of(row(settings, layers).build());
  }

  /** A row of layers whose configuration goes on. */
  public static NeuralNetConfiguration.ListBuilder row(
      NeuralNetConfiguration.Builder settings, Layer... layers) {
    return row(settings.list(), layers);
  }

  public static NeuralNetConfiguration.ListBuilder row(
      NeuralNetConfiguration.ListBuilder list, Layer... layers) {
    for (Layer layer : layers) {
      list.layer(layer);
    }
    return list;
  }

  public static MultiLayerNetwork of(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  /** A graph with one input, "in". */
  public static GraphBuilder graph(NeuralNetConfiguration.Builder settings, InputType input) {
    return settings.graphBuilder().addInputs("in").setInputTypes(input);
  }

  public static ComputationGraph of(GraphBuilder builder) {
    return of(builder.build());
  }

  public static ComputationGraph of(ComputationGraphConfiguration configuration) {
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    return graph;
  }

  /** A read-out of exclusive classes. */
  public static OutputLayer softmax(int classes) {
    return new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
        .nOut(classes)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** A read-out of numbers. */
  public static OutputLayer linear(int numbers) {
    return new OutputLayer.Builder(LossFunctions.LossFunction.L2)
        .nOut(numbers)
        .activation(Activation.IDENTITY)
        .build();
  }

  /** One-hot labels of samples whose classes go round. */
  public static INDArray labels(int samples, int classes) {
    INDArray labels = Nd4j.zeros(DataType.FLOAT, samples, classes);
    for (int sample = 0; sample < samples; sample++) {
      labels.putScalar(sample, sample % classes, 1);
    }
    return labels;
  }

  public static INDArray output(NeuralNetwork network, INDArray features) {
    return network instanceof MultiLayerNetwork row
        ? row.output(features)
        : ((ComputationGraph) network).outputSingle(features);
  }

  public static INDArray step(NeuralNetwork network, INDArray features) {
    return network instanceof MultiLayerNetwork row
        ? row.rnnTimeStep(features)
        : ((ComputationGraph) network).rnnTimeStep(features)[0];
  }
}
