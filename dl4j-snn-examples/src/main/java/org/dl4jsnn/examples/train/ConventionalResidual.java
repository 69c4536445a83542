package org.dl4jsnn.examples.train;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.conventional.FastBatchNormalization;
import org.dl4jsnn.zoo.NetworkNotation;
import org.dl4jsnn.zoo.NetworkNotation.Block;
import org.dl4jsnn.zoo.NetworkNotation.Convolution;
import org.dl4jsnn.zoo.NetworkNotation.GlobalPooling;
import org.dl4jsnn.zoo.NetworkNotation.Pooling;
import org.nd4j.linalg.activations.Activation;

/**
 * The non-spiking residual network for comparison with a spiking one: the layers of {@link
 * ConventionalNetwork} in blocks, whose sums go through a ReLU (He et al., CVPR 2016).
 */
final class ConventionalResidual {

  private final ComputationGraphConfiguration.GraphBuilder graph;
  private final double retain;
  private int channels;

  private ConventionalResidual(ComputationGraphConfiguration.GraphBuilder graph, double retain) {
    this.graph = graph;
    this.retain = retain;
  }

  /** The configuration; a value in front of fully connected layers is kept with a probability. */
  static ComputationGraphConfiguration of(
      NeuralNetConfiguration.Builder common,
      NetworkNotation notation,
      InputType input,
      int classes,
      double retain) {
    ComputationGraphConfiguration.GraphBuilder graph =
        common
            .weightInit(WeightInit.RELU)
            .convolutionMode(ConvolutionMode.Same)
            .graphBuilder()
            .addInputs("features")
            .setInputTypes(input);
    ConventionalResidual made = new ConventionalResidual(graph, retain);
    String last = "features";
    List<String> names = notation.names();
    for (int i = 0; i < names.size(); i++) {
      last = made.stage(names.get(i), notation.stages().get(i), last);
    }
    made.add("readout", ConventionalNetwork.readOut(classes, retain), last);
    return graph.setOutputs("readout").build();
  }

  private String stage(String name, NetworkNotation.Stage stage, String below) {
    if (stage instanceof Pooling pooling) {
      return add(name, ConventionalNetwork.pooling(name, pooling), below);
    }
    if (stage instanceof GlobalPooling) {
      return add(name, ConventionalNetwork.globalPooling(name), below);
    }
    if (stage instanceof Block block) {
      return block(name, block, below);
    }
    if (stage instanceof Convolution convolution) {
      channels = convolution.channels();
    }
    return relu(name, normalized(name, ConventionalNetwork.weighted(stage, retain), below));
  }

  private String block(String name, Block block, String below) {
    boolean isSame = block.stride() == 1 && block.channels() == channels;
    channels = block.channels();
    String shortcut =
        isSame
            ? below
            : normalized(
                name + "-shortcut",
                ConventionalNetwork.convolution(channels, 1, block.stride()),
                below);
    String first = name + "-conv1";
    String second = name + "-conv2";
    String inner =
        relu(
            first,
            normalized(
                first,
                ConventionalNetwork.convolution(channels, block.kernel(), block.stride()),
                below));
    String residual =
        normalized(second, ConventionalNetwork.convolution(channels, block.kernel(), 1), inner);
    graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), shortcut, residual);
    return relu(name, name);
  }

  private String normalized(String name, Layer layer, String below) {
    String weighted = add(name, layer, below);
    return add(name + "-normalization", new FastBatchNormalization(), weighted);
  }

  private String relu(String name, String below) {
    return add(name + "-relu", new ActivationLayer(Activation.RELU), below);
  }

  private String add(String name, Layer layer, String below) {
    graph.addLayer(name, ConventionalNetwork.named(name, layer), below);
    return name;
  }
}
