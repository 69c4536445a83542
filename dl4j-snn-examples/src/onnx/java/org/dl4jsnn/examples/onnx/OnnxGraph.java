package org.dl4jsnn.examples.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conventional.FastConvolution2D;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/**
 * A network without spikes as an ONNX graph, with batch normalisation folded into the weights; in
 * single precision, or in eight bits.
 */
final class OnnxGraph {

  static final String INPUT = "images";

  private final MultiLayerNetwork network;
  private final OnnxNodes nodes = new OnnxNodes();
  private final Rounding rounding;
  private final List<String> activations = new ArrayList<>();
  private String last = INPUT;

  /**
   * A graph in single precision, or in eight bits.
   *
   * @param sample the shape of an image's features
   * @param ranges the values of all {@link #fileOfActivations}; null for single precision
   * @throws IllegalArgumentException if a layer is none of a conventional network's
   */
  OnnxGraph(MultiLayerNetwork network, long[] sample, Map<String, ValueRange> ranges) {
    this.network = network;
    this.rounding = ranges == null ? null : new Rounding(nodes, ranges);
    nodes.input(INPUT, sample);
    activated(INPUT);
    for (int i = 0; i < network.getnLayers(); i++) {
      add(i);
    }
  }

  /** The file of a graph that puts out its last layer. */
  byte[] file() {
    return nodes.file(List.of(last));
  }

  /**
   * The same of one that puts out what is rounded in eight bits: the images, and the outputs of
   * ReLU and of average pooling.
   */
  byte[] fileOfActivations() {
    return nodes.file(activations);
  }

  private void add(int i) {
    InputPreProcessor reshaping = network.getLayerWiseConfigurations().getInputPreProcess(i);
    Layer layer = network.getLayer(i).conf().getLayer();
    if (reshaping instanceof FeedForwardToCnnPreProcessor image) {
      nodes.longs(
          "shape" + i, -1, image.getNumChannels(), image.getInputHeight(), image.getInputWidth());
      moved(nodes.add("Reshape", "image" + i, List.of(last, "shape" + i)));
    } else if (reshaping instanceof CnnToFeedForwardPreProcessor) {
      moved(nodes.add("Flatten", "flat" + i, List.of(last)));
    } else if (reshaping != null) {
      throw refused(i, reshaping);
    }
    if (layer instanceof SubsamplingLayer pooling) {
      pool(i, pooling);
    } else if (isWeighted(layer)) {
      addWeighted(i, (BaseLayer) layer);
    } else if (layer instanceof ActivationLayer activation) {
      activate(i, activation.getActivationFn());
    } else if (!(layer instanceof BatchNormalization && i > 0 && isLinear(i - 1))) {
      throw refused(i, layer);
    }
  }

  private static boolean isWeighted(Layer layer) {
    return layer.getClass() == ConvolutionLayer.class
        || layer instanceof FastConvolution2D
        || layer instanceof DenseLayer
        || layer instanceof OutputLayer;
  }

  private boolean isLinear(int i) {
    Layer layer = network.getLayer(i).conf().getLayer();
    return isWeighted(layer) && ((BaseLayer) layer).getActivationFn() instanceof ActivationIdentity;
  }

  private static IllegalArgumentException refused(int i, Object part) {
    return new IllegalArgumentException(
        "a rival's layers must be convolutions, pooling (average, maximum), fully connected layers,"
            + " batch normalisation after weights without activation, ReLU and softmax, got layer "
            + i
            + ", "
            + part.getClass().getSimpleName());
  }

  private void addWeighted(int i, BaseLayer layer) {
    FoldedWeights folded = FoldedWeights.of(network, i);
    String name = "weighted" + i;
    String weights = name + "-weights";
    String biases = name + "-biases";
    List<String> inputs = List.of(last, weights, biases);
    if (rounding == null) {
      nodes.floats(weights, folded.values(), folded.weights().shape());
      nodes.floats(biases, folded.biases().toFloatVector(), folded.biases().length());
    } else {
      rounding.add(weights, biases, folded);
    }
    if (layer instanceof ConvolutionLayer window) {
      last =
          nodes.add(
              "Conv",
              name,
              inputs,
              OnnxNodes.list("strides", window.getStride()),
              OnnxNodes.list("dilations", window.getDilation()),
              padding(window.getConvolutionMode(), window.getPadding()));
    } else {
      last = nodes.add("Gemm", name, inputs, OnnxNodes.attribute("transB", 1));
    }
    activate(i, layer.getActivationFn());
  }

  private void activate(int i, IActivation function) {
    if (function instanceof ActivationReLU) {
      activated(nodes.add("Relu", "relu" + i, List.of(last)));
    } else if (function instanceof ActivationSoftmax) {
      last = nodes.add("Softmax", "softmax" + i, List.of(last), OnnxNodes.attribute("axis", 1));
    } else if (!(function instanceof ActivationIdentity)) {
      throw refused(i, function);
    }
  }

  private void pool(int i, SubsamplingLayer pooling) {
    AttributeProto[] attributes = {
      OnnxNodes.list("kernel_shape", pooling.getKernelSize()),
      OnnxNodes.list("strides", pooling.getStride()),
      padding(pooling.getConvolutionMode(), pooling.getPadding())
    };
    switch (pooling.getPoolingType()) {
      case AVG -> activated(nodes.add("AveragePool", "pool" + i, List.of(last), attributes));
      case MAX -> moved(nodes.add("MaxPool", "pool" + i, List.of(last), attributes));
      default -> throw refused(i, pooling);
    }
  }

  private static AttributeProto padding(ConvolutionMode mode, int... padding) {
    return mode == ConvolutionMode.Same
        ? OnnxNodes.attribute("auto_pad", "SAME_UPPER")
        : OnnxNodes.list("pads", padding[0], padding[1], padding[0], padding[1]);
  }

  /** Values of their own. */
  private void activated(String activation) {
    activations.add(activation);
    last = rounding == null ? activation : rounding.own(activation);
  }

  /** Some of the same values, elsewhere. */
  private void moved(String tensor) {
    last = rounding == null ? tensor : rounding.same(tensor);
  }
}
