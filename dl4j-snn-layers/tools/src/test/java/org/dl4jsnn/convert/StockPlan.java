package org.dl4jsnn.convert;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * A network of stock layers over images, whose read-out is linear so that no error hides in a
 * saturated function.
 *
 * @param layers in a row
 * @param branches what comes after them
 * @param ending what the read-out reads
 * @param channels of the images
 * @param height of the images
 * @param width of the images
 * @param format of the images
 * @param seed of weights and images
 */
record StockPlan(
    List<StockLayer> layers,
    Branches branches,
    Ending ending,
    int channels,
    int height,
    int width,
    CNN2DFormat format,
    int seed) {

  /** Two convolutions of the same image; with them the network is a graph. */
  enum Branches {
    NONE,
    RESIDUAL,
    ADDED,
    MERGED
  }

  /** What is in front of the read-out. */
  enum Ending {
    PICTURE,
    DENSE,
    GLOBAL_AVERAGE,
    GLOBAL_MAXIMUM,
    GLOBAL_SUM
  }

  private static final int SAMPLES = 6;

  static Arbitrary<StockPlan> any() {
    Arbitrary<Integer> sides = Arbitraries.integers().between(3, 7);
    return Combinators.combine(
            StockLayer.any().list().ofMinSize(1).ofMaxSize(4),
            Arbitraries.of(Branches.class),
            Arbitraries.of(Ending.class),
            Arbitraries.of(1, 2, 2, 3),
            sides,
            sides,
            Arbitraries.of(CNN2DFormat.NCHW, CNN2DFormat.NHWC),
            Arbitraries.integers().between(1, 1000))
        .as(StockPlan::new)
        .filter(StockPlan::answersTheSameTwice);
  }

  /**
   * Not so, with channels last, a depthwise convolution after a separable one: Deeplearning4j reads
   * other memory there.
   */
  private boolean answersTheSameTwice() {
    boolean isAfter = false;
    for (StockLayer layer : layers) {
      if (isAfter && layer.kind() == StockLayer.Kind.DEPTHWISE) {
        return false;
      }
      isAfter |= format == CNN2DFormat.NHWC && layer.kind() == StockLayer.Kind.SEPARABLE;
    }
    return true;
  }

  INDArray images() {
    long[] shape =
        format == CNN2DFormat.NCHW
            ? new long[] {SAMPLES, channels, height, width}
            : new long[] {SAMPLES, height, width, channels};
    return Trained.images(shape).subi(0.3);
  }

  /** The network, with drawn weights. */
  NeuralNetwork trained() {
    NeuralNetConfiguration.Builder settings = Trained.settings().seed(seed);
    return branches == Branches.NONE ? row(settings) : graph(settings);
  }

  private NeuralNetwork row(NeuralNetConfiguration.Builder settings) {
    NeuralNetConfiguration.ListBuilder list = settings.list();
    InputType type = InputType.convolutional(height, width, channels, format);
    list.setInputType(type);
    for (StockLayer layer : layers) {
      Layer next = layer.over((InputType.InputTypeConvolutional) type);
      type = next.getOutputType(0, type);
      list.layer(next);
    }
    for (Layer last : ended()) {
      list.layer(last);
    }
    return Trained.network(list.build());
  }

  private NeuralNetwork graph(NeuralNetConfiguration.Builder settings) {
    InputType type = InputType.convolutional(height, width, channels, format);
    GraphBuilder builder = settings.graphBuilder().addInputs("0").setInputTypes(type);
    int count = 0;
    for (StockLayer layer : layers) {
      Layer next = layer.over((InputType.InputTypeConvolutional) type);
      type = next.getOutputType(0, type);
      builder.addLayer(String.valueOf(count + 1), next, String.valueOf(count));
      count++;
    }
    String input = String.valueOf(count);
    Activation function = branches == Branches.RESIDUAL ? Activation.IDENTITY : Activation.RELU;
    builder.addLayer("one", branch(3, function), input).addLayer("two", branch(1, function), input);
    if (branches == Branches.MERGED) {
      MergeVertex merge = new MergeVertex();
      merge.setMergeAxis(format == CNN2DFormat.NCHW ? 1 : 3);
      builder.addVertex("both", merge, "one", "two");
    } else {
      builder.addVertex("both", new ElementWiseVertex(ElementWiseVertex.Op.Add), "one", "two");
    }
    builder.addLayer("function", new ActivationLayer(Activation.RELU), "both");
    String before = "function";
    for (Layer last : ended()) {
      builder.addLayer("then " + before, last, before);
      before = "then " + before;
    }
    return Trained.graph(builder.setOutputs(before).build());
  }

  private ConvolutionLayer branch(int side, Activation activation) {
    return new ConvolutionLayer.Builder(side, side)
        .nOut(3)
        .convolutionMode(ConvolutionMode.Same)
        .activation(activation)
        .dataFormat(format)
        .build();
  }

  private List<Layer> ended() {
    Layer readOut =
        new OutputLayer.Builder(new LossMSE())
            .nOut(Trained.CLASSES)
            .activation(Activation.IDENTITY)
            .build();
    return switch (ending) {
      case PICTURE -> List.of(readOut);
      case DENSE -> List.of(new DenseLayer.Builder().nOut(8).build(), readOut);
      case GLOBAL_AVERAGE -> List.of(global(PoolingType.AVG), readOut);
      case GLOBAL_MAXIMUM -> List.of(global(PoolingType.MAX), readOut);
      case GLOBAL_SUM -> List.of(global(PoolingType.SUM), readOut);
    };
  }

  private Layer global(PoolingType type) {
    GlobalPoolingLayer.Builder builder = new GlobalPoolingLayer.Builder(type);
    return format == CNN2DFormat.NCHW ? builder.build() : builder.poolingDimensions(1, 2).build();
  }
}
