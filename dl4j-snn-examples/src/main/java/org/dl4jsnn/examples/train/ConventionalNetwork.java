package org.dl4jsnn.examples.train;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.dl4jsnn.conventional.FastBatchNormalization;
import org.dl4jsnn.conventional.FastConvolution2D;
import org.dl4jsnn.zoo.NetworkNotation;
import org.dl4jsnn.zoo.NetworkNotation.Block;
import org.dl4jsnn.zoo.NetworkNotation.Convolution;
import org.dl4jsnn.zoo.NetworkNotation.Dense;
import org.dl4jsnn.zoo.NetworkNotation.GlobalPooling;
import org.dl4jsnn.zoo.NetworkNotation.Pooling;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * The non-spiking network for comparison with a spiking one: the same layers with batch
 * normalisation, ReLU, softmax and cross entropy. They are Deeplearning4j's; convolutions and batch
 * normalisation compute the same with this library's kernels.
 *
 * <p>The sums of residual blocks go through a ReLU (He et al., CVPR 2016) or, as the currents of
 * MS-ResNet, straight to the next sum (He et al., ECCV 2016); there, each ReLU stands where {@link
 * org.dl4jsnn.zoo.ResidualNetwork} has neurons.
 */
public final class ConventionalNetwork {

  /** What the name of a layer's batch normalisation adds to that of the layer. */
  static final String NORMALIZATION = "-normalization";

  private static final String RELU = "-relu";
  private static final String INPUT = "features";
  private static final String READ_OUT = "readout";

  /** Adds a layer above another one to a list, where it always is above the last, or to a graph. */
  private interface Adding {
    void add(String name, Layer layer, String below);
  }

  private final Adding adding;

  /** For the sums of blocks; null without blocks. */
  private final ComputationGraphConfiguration.GraphBuilder graph;

  private final double retain;
  private final boolean ofCurrents;
  private int channels;

  private ConventionalNetwork(
      Adding adding,
      ComputationGraphConfiguration.GraphBuilder graph,
      double retain,
      boolean ofCurrents) {
    this.adding = adding;
    this.graph = graph;
    this.retain = retain;
    this.ofCurrents = ofCurrents;
  }

  /** The configuration; a value in front of fully connected layers is kept with a probability. */
  public static MultiLayerConfiguration of(
      NeuralNetConfiguration.Builder common,
      NetworkNotation notation,
      InputType input,
      int classes,
      double retain) {
    NeuralNetConfiguration.ListBuilder list = common(common).list();
    new ConventionalNetwork((name, layer, below) -> list.layer(layer), null, retain, false)
        .add(notation, classes);
    return list.setInputType(input).build();
  }

  /**
   * The same with residual blocks.
   *
   * @param ofCurrents whether sums have no ReLU
   */
  static ComputationGraphConfiguration residual(
      NeuralNetConfiguration.Builder common,
      NetworkNotation notation,
      InputType input,
      int classes,
      double retain,
      boolean ofCurrents) {
    ComputationGraphConfiguration.GraphBuilder graph =
        common(common).graphBuilder().addInputs(INPUT).setInputTypes(input);
    new ConventionalNetwork(graph::addLayer, graph, retain, ofCurrents).add(notation, classes);
    return graph.setOutputs(READ_OUT).build();
  }

  private static NeuralNetConfiguration.Builder common(NeuralNetConfiguration.Builder common) {
    return common.weightInit(WeightInit.RELU).convolutionMode(ConvolutionMode.Same);
  }

  /** Whether a network has sums, and none of them goes through a ReLU of {@link #residual}. */
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

  private void add(NetworkNotation notation, int classes) {
    String last = INPUT;
    List<String> names = notation.names();
    for (int i = 0; i < names.size(); i++) {
      boolean isBelowBlock = i + 1 < names.size() && notation.stages().get(i + 1) instanceof Block;
      boolean isAfterPooling = i > 0 && notation.stages().get(i - 1) instanceof Pooling;
      last = stage(names.get(i), notation.stages().get(i), last, isBelowBlock, isAfterPooling);
    }
    Layer readOut =
        new OutputLayer.Builder(new LossMCXENT())
            .nOut(classes)
            .dropOut(dropout())
            .activation(Activation.SOFTMAX)
            .build();
    add(READ_OUT, readOut, last);
  }

  private String stage(
      String name,
      NetworkNotation.Stage stage,
      String below,
      boolean isBelowBlock,
      boolean isAfterPooling) {
    if (stage instanceof Pooling pooling) {
      return add(name, pooling(pooling), below);
    }
    if (stage instanceof GlobalPooling) {
      return add(name, new GlobalPoolingLayer.Builder(PoolingType.AVG).build(), below);
    }
    if (stage instanceof Block block) {
      String last = block(name, block, below, isAfterPooling);
      return ofCurrents && !isBelowBlock ? relu(name + "-spikes", last) : last;
    }
    Layer weighted;
    if (stage instanceof Convolution convolution) {
      channels = convolution.channels();
      weighted = convolution(channels, convolution.kernel(), 1);
    } else {
      weighted =
          new DenseLayer.Builder()
              .nOut(((Dense) stage).size())
              .dropOut(dropout())
              .activation(Activation.IDENTITY)
              .hasBias(false)
              .build();
    }
    String normalized = normalized(name, weighted, below);
    return ofCurrents && isBelowBlock ? normalized : relu(name, normalized);
  }

  private static Layer pooling(Pooling pooling) {
    return new SubsamplingLayer.Builder(
            pooling.type() == PoolingType.AVG
                ? SubsamplingLayer.PoolingType.AVG
                : SubsamplingLayer.PoolingType.MAX,
            new int[] {pooling.size(), pooling.size()},
            new int[] {pooling.size(), pooling.size()})
        .convolutionMode(ConvolutionMode.Truncate)
        .build();
  }

  /** Deeplearning4j's dropout of a layer's input; null for none. */
  private IDropout dropout() {
    return retain == 1 ? null : new Dropout(retain);
  }

  private String block(String name, Block block, String below, boolean isAfterPooling) {
    boolean isSame =
        block.stride() == 1 && block.channels() == channels && !(ofCurrents && isAfterPooling);
    channels = block.channels();
    String read = ofCurrents && !isAfterPooling ? relu(name + "-neurons", below) : below;
    String shortcut =
        isSame ? below : normalized(name + "-shortcut", padded(1, block.stride()), read);
    String first = name + "-conv1";
    String second = name + "-conv2";
    String inner = relu(first, normalized(first, padded(block.kernel(), block.stride()), read));
    String residual = normalized(second, padded(block.kernel(), 1), inner);
    graph.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), shortcut, residual);
    return ofCurrents ? name : relu(name, name);
  }

  private static FastConvolution2D convolution(int channels, int kernel, int stride) {
    return new FastConvolution2D.Builder(kernel, kernel)
        .nOut(channels)
        .stride(stride, stride)
        .activation(Activation.IDENTITY)
        .hasBias(false)
        .build();
  }

  /** With as many zeros on all sides as {@link org.dl4jsnn.zoo.ResidualNetwork} has. */
  private Layer padded(int kernel, int stride) {
    FastConvolution2D layer = convolution(channels, kernel, stride);
    layer.setConvolutionMode(ConvolutionMode.Truncate);
    layer.setPadding(new int[] {kernel / 2, kernel / 2});
    return layer;
  }

  private String normalized(String name, Layer layer, String below) {
    return add(name + NORMALIZATION, new FastBatchNormalization(), add(name, layer, below));
  }

  private String relu(String name, String below) {
    return add(name + RELU, new ActivationLayer(Activation.RELU), below);
  }

  private String add(String name, Layer layer, String below) {
    layer.setLayerName(name);
    adding.add(name, layer, below);
    return name;
  }
}
