package org.dl4jsnn.examples.train;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.conventional.FastBatchNormalization;
import org.dl4jsnn.conventional.FastConvolution2D;
import org.dl4jsnn.zoo.NetworkNotation;
import org.dl4jsnn.zoo.NetworkNotation.Block;
import org.dl4jsnn.zoo.NetworkNotation.Convolution;
import org.dl4jsnn.zoo.NetworkNotation.GlobalPooling;
import org.dl4jsnn.zoo.NetworkNotation.Pooling;
import org.nd4j.linalg.activations.Activation;

/**
 * The non-spiking residual network for comparison with a spiking one: the layers of {@link
 * ConventionalNetwork} in blocks. Their sums go through a ReLU (He et al., CVPR 2016) or, as the
 * currents of MS-ResNet, straight to the next sum (He et al., ECCV 2016); there, each ReLU stands
 * where {@link org.dl4jsnn.zoo.ResidualNetwork} has neurons.
 */
final class ConventionalResidual {

  /** What the name of a layer's batch normalisation adds to that of the layer. */
  static final String NORMALIZATION = "-normalization";

  private static final String RELU = "-relu";

  private final ComputationGraphConfiguration.GraphBuilder graph;
  private final double retain;
  private final boolean ofCurrents;
  private int channels;

  private ConventionalResidual(
      ComputationGraphConfiguration.GraphBuilder graph, double retain, boolean ofCurrents) {
    this.graph = graph;
    this.retain = retain;
    this.ofCurrents = ofCurrents;
  }

  /**
   * The configuration; a value in front of fully connected layers is kept with a probability.
   *
   * @param ofCurrents whether sums have no ReLU
   */
  static ComputationGraphConfiguration of(
      NeuralNetConfiguration.Builder common,
      NetworkNotation notation,
      InputType input,
      int classes,
      double retain,
      boolean ofCurrents) {
    ComputationGraphConfiguration.GraphBuilder graph =
        common
            .weightInit(WeightInit.RELU)
            .convolutionMode(ConvolutionMode.Same)
            .graphBuilder()
            .addInputs("features")
            .setInputTypes(input);
    ConventionalResidual made = new ConventionalResidual(graph, retain, ofCurrents);
    String last = "features";
    List<String> names = notation.names();
    for (int i = 0; i < names.size(); i++) {
      boolean isBelowBlock = i + 1 < names.size() && notation.stages().get(i + 1) instanceof Block;
      boolean isAfterPooling = i > 0 && notation.stages().get(i - 1) instanceof Pooling;
      last = made.stage(names.get(i), notation.stages().get(i), last, isBelowBlock, isAfterPooling);
    }
    made.add("readout", ConventionalNetwork.readOut(classes, retain), last);
    return graph.setOutputs("readout").build();
  }

  /** Whether a network has sums, and none of them goes through a ReLU of {@link #of}. */
  static boolean hasSumsOfCurrents(ComputationGraph network) {
    Map<String, GraphVertex> vertices = network.getConfiguration().getVertices();
    List<String> sums =
        vertices.keySet().stream()
            .filter(name -> vertices.get(name) instanceof ElementWiseVertex)
            .toList();
    return !sums.isEmpty() && sums.stream().noneMatch(sum -> vertices.containsKey(sum + RELU));
  }

  /** Whether strided convolutions have zeros after the last value only. */
  static boolean hasSamePadding(ComputationGraph network) {
    return Stream.of(network.getLayers())
        .map(layer -> layer.conf().getLayer())
        .filter(ConvolutionLayer.class::isInstance)
        .map(ConvolutionLayer.class::cast)
        .anyMatch(
            layer ->
                layer.getStride()[0] > 1 && layer.getConvolutionMode() == ConvolutionMode.Same);
  }

  private String stage(
      String name,
      NetworkNotation.Stage stage,
      String below,
      boolean isBelowBlock,
      boolean isAfterPooling) {
    if (stage instanceof Pooling pooling) {
      return add(name, ConventionalNetwork.pooling(name, pooling), below);
    }
    if (stage instanceof GlobalPooling) {
      return add(name, ConventionalNetwork.globalPooling(name), below);
    }
    if (stage instanceof Block block) {
      String last = block(name, block, below, isAfterPooling);
      return ofCurrents && !isBelowBlock ? relu(name + "-spikes", last) : last;
    }
    if (stage instanceof Convolution convolution) {
      channels = convolution.channels();
    }
    String normalized = normalized(name, ConventionalNetwork.weighted(stage, retain), below);
    return ofCurrents && isBelowBlock ? normalized : relu(name, normalized);
  }

  private String block(String name, Block block, String below, boolean isAfterPooling) {
    boolean isSame =
        block.stride() == 1 && block.channels() == channels && !(ofCurrents && isAfterPooling);
    channels = block.channels();
    String read = ofCurrents && !isAfterPooling ? relu(name + "-neurons", below) : below;
    String shortcut =
        isSame
            ? below
            : normalized(name + "-shortcut", convolution(channels, 1, block.stride()), read);
    String first = name + "-conv1";
    String second = name + "-conv2";
    String inner =
        relu(first, normalized(first, convolution(channels, block.kernel(), block.stride()), read));
    String residual = normalized(second, convolution(channels, block.kernel(), 1), inner);
    graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), shortcut, residual);
    return ofCurrents ? name : relu(name, name);
  }

  /** With as many zeros on all sides as {@link org.dl4jsnn.zoo.ResidualNetwork} has. */
  private static Layer convolution(int channels, int kernel, int stride) {
    FastConvolution2D layer = ConventionalNetwork.convolution(channels, kernel, stride);
    layer.setConvolutionMode(ConvolutionMode.Truncate);
    layer.setPadding(new int[] {kernel / 2, kernel / 2});
    return layer;
  }

  private String normalized(String name, Layer layer, String below) {
    String weighted = add(name, layer, below);
    return add(name + NORMALIZATION, new FastBatchNormalization(), weighted);
  }

  private String relu(String name, String below) {
    return add(name + RELU, new ActivationLayer(Activation.RELU), below);
  }

  private String add(String name, Layer layer, String below) {
    graph.addLayer(name, ConventionalNetwork.named(name, layer), below);
    return name;
  }
}
