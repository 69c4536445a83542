package org.dl4jsnn.examples.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
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
 * A network without spikes as an ONNX graph, with batch normalisation folded into the weights. In
 * eight bits, values are rounded and turned back at once; ONNX Runtime then computes what lies
 * between in integers.
 */
final class OnnxGraph {

  static final String INPUT = "images";

  /** The first operators that round by one scale per channel, and the format that has them. */
  private static final int OPERATORS = 13;

  private static final int FORMAT = 7;
  private static final int LARGEST_WEIGHT = 127;

  private final MultiLayerNetwork network;
  private final Map<String, ValueRange> ranges;
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("network");
  private final List<String> activations = new ArrayList<>();
  private String last = INPUT;
  private ValueRange range = ValueRange.ZERO;

  /** The activation by whose range {@link #last} is rounded. */
  private String ranged = INPUT;

  /**
   * A graph in single precision, or in eight bits.
   *
   * @param sample the shape of an image's features
   * @param ranges the values of all {@link #activations}; null for single precision
   * @throws IllegalArgumentException if a layer is none of a conventional network's
   */
  OnnxGraph(MultiLayerNetwork network, long[] sample, Map<String, ValueRange> ranges) {
    this.network = network;
    this.ranges = ranges;
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("minibatch");
    for (long size : sample) {
      shape.addDimBuilder().setDimValue(size);
    }
    graph.addInput(value(INPUT, typeOfFloats().setShape(shape)));
    activated(INPUT);
    for (int i = 0; i < network.getnLayers(); i++) {
      add(i);
    }
  }

  /** What is rounded in eight bits: the images, and the outputs of ReLU and average pooling. */
  List<String> activations() {
    return activations;
  }

  /** The graph as a file's bytes; it puts out its last layer, or what is named. */
  byte[] bytes(List<String> named) {
    GraphProto.Builder complete = graph.build().toBuilder();
    for (String output : named.isEmpty() ? List.of(last) : named) {
      complete.addOutput(value(output, typeOfFloats()));
    }
    return ModelProto.newBuilder()
        .setIrVersion(FORMAT)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATORS))
        .setGraph(complete)
        .build()
        .toByteArray();
  }

  private static TypeProto.Tensor.Builder typeOfFloats() {
    return TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT.getNumber());
  }

  private static ValueInfoProto value(String name, TypeProto.Tensor.Builder type) {
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  private void add(int i) {
    InputPreProcessor reshaping = network.getLayerWiseConfigurations().getInputPreProcess(i);
    Layer layer = network.getLayer(i).conf().getLayer();
    if (reshaping instanceof FeedForwardToCnnPreProcessor image) {
      graph.addInitializer(
          OnnxTensors.longs(
              "shape" + i,
              -1,
              image.getNumChannels(),
              image.getInputHeight(),
              image.getInputWidth()));
      moved(node("Reshape", "image" + i, List.of(last, "shape" + i)));
    } else if (reshaping instanceof CnnToFeedForwardPreProcessor) {
      moved(node("Flatten", "flat" + i, List.of(last)));
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
    float[] values = folded.weights().reshape(-1).toFloatVector();
    float[] biases = folded.biases().toFloatVector();
    long[] shape = folded.weights().shape();
    List<String> inputs = List.of(last, name + "-weights", name + "-biases");
    if (ranges == null) {
      graph.addInitializer(OnnxTensors.floats(inputs.get(1), values, shape));
      graph.addInitializer(OnnxTensors.floats(inputs.get(2), biases, biases.length));
    } else {
      round(name, values, biases, shape);
    }
    if (layer instanceof ConvolutionLayer window) {
      last =
          node(
              "Conv",
              name,
              inputs,
              OnnxTensors.list("strides", window.getStride()),
              OnnxTensors.list("dilations", window.getDilation()),
              padding(window.getConvolutionMode(), window.getPadding()));
    } else {
      last = node("Gemm", name, inputs, OnnxTensors.attribute("transB", 1));
    }
    activate(i, layer.getActivationFn());
  }

  /** Weights in seven bits and a sign, one scale per output; biases in 32 bits. */
  private void round(String name, float[] values, float[] biases, long... shape) {
    int inputs = values.length / biases.length;
    float[] scales = new float[biases.length];
    float[] sums = new float[biases.length];
    byte[] rounded = new byte[values.length];
    int[] shifts = new int[biases.length];
    for (int output = 0; output < biases.length; output++) {
      float largest = 0;
      for (int i = output * inputs; i < (output + 1) * inputs; i++) {
        largest = Math.max(largest, Math.abs(values[i]));
      }
      scales[output] = largest == 0 ? 1 : largest / LARGEST_WEIGHT;
      for (int i = output * inputs; i < (output + 1) * inputs; i++) {
        rounded[i] = (byte) Math.round(values[i] / scales[output]);
      }
      sums[output] = scales[output] * range.scale();
      shifts[output] = Math.round(biases[output] / sums[output]);
    }
    TensorProto.DataType signed = TensorProto.DataType.INT8;
    String weights = name + "-weights";
    graph.addInitializer(OnnxTensors.bytes(weights + "-rounded", signed, rounded, shape));
    scale(
        weights,
        scales,
        OnnxTensors.bytes(weights + "-zero", signed, new byte[scales.length], scales.length));
    String shift = name + "-biases";
    graph.addInitializer(OnnxTensors.integers(shift + "-rounded", shifts, shifts.length));
    scale(shift, sums, OnnxTensors.integers(shift + "-zero", new int[sums.length], sums.length));
  }

  private void scale(String name, float[] scales, TensorProto zero) {
    graph.addInitializer(OnnxTensors.floats(name + "-scale", scales, scales.length));
    graph.addInitializer(zero);
    node(
        "DequantizeLinear",
        name,
        List.of(name + "-rounded", name + "-scale", name + "-zero"),
        OnnxTensors.attribute("axis", 0));
  }

  private void activate(int i, IActivation function) {
    if (function instanceof ActivationReLU) {
      activated(node("Relu", "relu" + i, List.of(last)));
    } else if (function instanceof ActivationSoftmax) {
      last = node("Softmax", "softmax" + i, List.of(last), OnnxTensors.attribute("axis", 1));
    } else if (!(function instanceof ActivationIdentity)) {
      throw refused(i, function);
    }
  }

  private void pool(int i, SubsamplingLayer pooling) {
    AttributeProto[] attributes = {
      OnnxTensors.list("kernel_shape", pooling.getKernelSize()),
      OnnxTensors.list("strides", pooling.getStride()),
      padding(pooling.getConvolutionMode(), pooling.getPadding())
    };
    switch (pooling.getPoolingType()) {
      case AVG -> activated(node("AveragePool", "pool" + i, List.of(last), attributes));
      case MAX -> moved(node("MaxPool", "pool" + i, List.of(last), attributes));
      default -> throw refused(i, pooling);
    }
  }

  private static AttributeProto padding(ConvolutionMode mode, int... padding) {
    return mode == ConvolutionMode.Same
        ? OnnxTensors.attribute("auto_pad", "SAME_UPPER")
        : OnnxTensors.list("pads", padding[0], padding[1], padding[0], padding[1]);
  }

  /** Values of their own. */
  private void activated(String tensor) {
    last = tensor;
    activations.add(tensor);
    if (ranges != null) {
      range = ranges.get(tensor);
      graph.addInitializer(OnnxTensors.floats(tensor + "-scale", new float[] {range.scale()}));
      graph.addInitializer(
          OnnxTensors.bytes(
              tensor + "-zero", TensorProto.DataType.UINT8, new byte[] {range.zeroPoint()}));
      ranged = tensor;
      moved(tensor);
    }
  }

  /** Some of the same values, elsewhere. */
  private void moved(String tensor) {
    last = tensor;
    if (ranges != null) {
      String scale = ranged + "-scale";
      String zero = ranged + "-zero";
      String bytes = node("QuantizeLinear", tensor + "-rounded", List.of(tensor, scale, zero));
      last = node("DequantizeLinear", tensor + "-again", List.of(bytes, scale, zero));
    }
  }

  private String node(
      String type, String output, List<String> inputs, AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(output)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
    return output;
  }
}
