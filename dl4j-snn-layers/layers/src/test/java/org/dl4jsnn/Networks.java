package org.dl4jsnn;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/** What the networks of many tests have in common. */
public final class Networks {

  private Networks() {}

  public static NeuralNetConfiguration.Builder settings(long seed) {
    return new NeuralNetConfiguration.Builder().seed(seed);
  }

  /** Layers on each other; the input may be null. */
  public static NeuralNetConfiguration.ListBuilder list(
      NeuralNetConfiguration.Builder settings, InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list = settings.list();
    List.of(layers).forEach(list::layer);
    return input == null ? list : list.setInputType(input);
  }

  public static MultiLayerNetwork of(
      NeuralNetConfiguration.Builder settings, InputType input, Layer... layers) {
    return of(list(settings, input, layers).build());
  }

  public static MultiLayerNetwork of(MultiLayerConfiguration configuration) {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  public static ComputationGraph of(ComputationGraphConfiguration configuration) {
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    return graph;
  }

  /** The type of films, [minibatch, channels, T, height, width]. */
  public static InputType film(int steps, int height, int width, int channels) {
    return InputType.convolutional3D(
        Convolution3D.DataFormat.NCDHW, steps, height, width, channels);
  }

  /** A read-out of rates by the squared error, without bias. */
  public static OutputLayer readOut(int outputs) {
    return new OutputLayer.Builder(new LossL2())
        .nOut(outputs)
        .activation(Activation.IDENTITY)
        .hasBias(false)
        .build();
  }

  /** A read-out at every step by the squared error. */
  public static RnnOutputLayer readOutInTime(int outputs) {
    return new RnnOutputLayer.Builder(new LossL2())
        .nOut(outputs)
        .activation(Activation.IDENTITY)
        .build();
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
