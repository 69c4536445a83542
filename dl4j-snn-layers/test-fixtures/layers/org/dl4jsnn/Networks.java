package org.dl4jsnn;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.dataset.DataSet;
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

  /** Of layers on each other; the input may be null. */
  public static MultiLayerNetwork of(
      NeuralNetConfiguration.Builder settings, InputType input, Layer... layers) {
    return of(list(settings, input, layers).build());
  }

  /** A row of layers whose configuration goes on; the input may be null. */
  public static NeuralNetConfiguration.ListBuilder list(
      NeuralNetConfiguration.Builder settings, InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = row(settings, layers);
    return input == null ? list : list.setInputType(input);
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

  /** A read-out of rates by the squared error, without bias. */
  public static OutputLayer readOut(int outputs) {
    OutputLayer layer = linear(outputs);
    layer.setHasBias(false);
    return layer;
  }

  /** A read-out at every step by the squared error. */
  public static RnnOutputLayer readOutInTime(int outputs) {
    return new RnnOutputLayer.Builder(LossFunctions.LossFunction.L2)
        .nOut(outputs)
        .activation(Activation.IDENTITY)
        .build();
  }

  /** The type of films, [minibatch, channels, T, height, width]. */
  public static InputType film(int steps, int height, int width, int channels) {
    return InputType.convolutional3D(
        Convolution3D.DataFormat.NCDHW, steps, height, width, channels);
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

  /** Multiples of 1/64, so that all precisions fire the same spikes. */
  public static void round(INDArray parameters) {
    parameters.assign(Nd4j.math().round(parameters.mul(64)).div(64));
  }

  /** Forward and backward; returns the score. */
  public static double backprop(MultiLayerNetwork network, INDArray features, INDArray labels) {
    network.setInput(features);
    network.setLabels(labels);
    network.computeGradientAndScore();
    return network.score();
  }

  /** The gradients of a parameter in one fit, one for every piece. */
  public static <N extends Model & NeuralNetwork> List<INDArray> gradients(
      N network, String parameter, DataSet data) {
    List<INDArray> gradients = new ArrayList<>();
    network.setListeners(
        new BaseTrainingListener() {
          @Override
          public void onBackwardPass(Model model) {
            gradients.add(model.gradient().getGradientFor(parameter).dup('c'));
          }
        });
    network.fit(data);
    return gradients;
  }
}
