package org.dl4jsnn.nir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads a node of a file by its type. */
record NodeReader(Hdf5Group group, int depth) {

  private static final int[] UNKNOWN = {};

  NodeReader(Hdf5Group group) {
    this(group, 0);
  }

  /** The node, which must be a graph. */
  NirGraph graph() throws NirFileException {
    String type = group.text("type");
    if (!type.equals("NIRGraph")) {
      throw group.failure("type must be NIRGraph of the file's own node, got " + type);
    }
    if (depth > NirFiles.DEPTH) {
      throw group.failure(
          "graphs in graphs must be at most "
              + NirFiles.DEPTH
              + " deep. Possible cause: a graph that contains itself");
    }
    Map<String, NirNode> nodes = new LinkedHashMap<>();
    Hdf5Group members = group.group("nodes", "the graph's nodes");
    for (String name : members.names()) {
      NodeReader reader = new NodeReader(members.group(name, "node " + name), depth + 1);
      nodes.put(name, reader.node());
    }
    List<NirGraph.Edge> edges = new ArrayList<>();
    for (String[] edge : group.has("edges") ? group.pairs("edges") : new String[0][]) {
      edges.add(new NirGraph.Edge(edge[0], edge[1]));
    }
    try {
      return new NirGraph(nodes, edges, metadata());
    } catch (IllegalArgumentException e) {
      throw group.failure(e.getMessage());
    }
  }

  /** Texts; other entries belong to other programs. */
  private Map<String, String> metadata() throws NirFileException {
    Map<String, String> metadata = new TreeMap<>();
    if (group.isGroup("metadata")) {
      Hdf5Group entries = group.group("metadata", "metadata");
      for (String name : entries.names()) {
        if (entries.isText(name)) {
          metadata.put(name, entries.text(name));
        }
      }
    }
    return metadata;
  }

  private NirNode node() throws NirFileException {
    String type = group.text("type");
    try {
      return switch (type) {
        case "NIRGraph" -> graph();
        case "Input" -> new NirPlumbing.Input(group.wholeNumbers("shape"));
        case "Output" -> new NirPlumbing.Output(numbersOr("shape", UNKNOWN));
        case "Flatten" ->
            new NirPlumbing.Flatten(
                numbersOr("input_type", UNKNOWN), number("start_dim"), number("end_dim"));
        case "SumPool2d" -> new NirPlumbing.SumPool2d(window(0), window(1));
        case "AvgPool2d" -> new NirPlumbing.AvgPool2d(window(0), window(1));
        case "Delay" -> new NirPlumbing.Delay(group.tensor("delay"));
        case "Affine" -> new NirWeights.Affine(group.tensor("weight"), group.tensor("bias"));
        case "Linear" -> new NirWeights.Linear(group.tensor("weight"));
        case "Scale" -> new NirWeights.Scale(group.tensor("scale"));
        case "Conv1d" -> convolution1d();
        case "Conv2d" -> convolution2d();
        default -> neurons(type);
      };
    } catch (IllegalArgumentException e) {
      throw group.failure(e.getMessage());
    }
  }

  private NirNode neurons(String type) throws NirFileException {
    NirNeuronReader neurons = new NirNeuronReader(group);
    if (!NeuronShapes.TYPES.contains(type)) {
      throw group.failure(
          "type must be a known node type, got " + type + ". Possible cause: a newer format");
    }
    return NeuronShapes.of(type, neurons::parameter);
  }

  private NirNode convolution1d() throws NirFileException {
    NirTensor weight = group.tensor("weight").requireRank("weight", 3);
    int[] length = numbersOr("input_shape", UNKNOWN);
    return new NirWeights.Conv1d(
        length.length == 0 ? 0 : length[0], weight, bias(weight), axis(0), groups());
  }

  private NirNode convolution2d() throws NirFileException {
    NirTensor weight = group.tensor("weight").requireRank("weight", 4);
    int[] shape = numbersOr("input_shape", UNKNOWN);
    if (shape.length != 0 && shape.length != 2) {
      throw group.failure("input_shape must be rows and columns, got " + Arrays.toString(shape));
    }
    return new NirWeights.Conv2d(
        shape.length == 0 ? 0 : shape[0],
        shape.length == 0 ? 0 : shape[1],
        weight,
        bias(weight),
        axis(0),
        axis(1),
        groups());
  }

  private NirTensor bias(NirTensor weight) throws NirFileException {
    int[] shape = {weight.size(0)};
    NirTensor bias = group.has("bias") ? group.tensor("bias") : NirTensor.full(shape, 0);
    if (!Arrays.equals(bias.shape(), shape)) {
      throw group.failure("bias must have " + weight.size(0) + " numbers, got " + bias);
    }
    return bias;
  }

  private int groups() throws NirFileException {
    return group.has("groups") ? number("groups") : 1;
  }

  private NirWeights.Axis axis(int axis) throws NirFileException {
    return new NirWeights.Axis(
        ofAxis("stride", axis, 1), padding(axis), ofAxis("dilation", axis, 1));
  }

  private int padding(int axis) throws NirFileException {
    if (!group.isText("padding")) {
      return ofAxis("padding", axis, 0);
    }
    String padding = group.text("padding");
    return switch (padding) {
      case "same" -> NirWeights.Axis.SAME;
      case "valid" -> 0;
      default -> throw group.failure("padding must be numbers, same or valid, got " + padding);
    };
  }

  private NirPlumbing.Window window(int axis) throws NirFileException {
    if (!group.has("kernel_size")) {
      throw group.failure("kernel_size must be there, got " + group.names());
    }
    int kernel = ofAxis("kernel_size", axis, 1);
    return new NirPlumbing.Window(
        kernel, ofAxis("stride", axis, kernel), ofAxis("padding", axis, 0));
  }

  /** One number per axis, or one for all. */
  private int ofAxis(String name, int axis, int otherwise) throws NirFileException {
    if (!group.has(name)) {
      return otherwise;
    }
    int[] numbers = group.wholeNumbers(name);
    if (numbers.length > 2) {
      throw group.failure(name + " must be one number or two, got " + Arrays.toString(numbers));
    }
    return numbers[numbers.length == 1 ? 0 : axis];
  }

  private int number(String name) throws NirFileException {
    int[] numbers = group.wholeNumbers(name);
    if (numbers.length != 1) {
      throw group.failure(name + " must be one number, got " + Arrays.toString(numbers));
    }
    return numbers[0];
  }

  private int[] numbersOr(String name, int[] otherwise) throws NirFileException {
    return group.has(name) ? group.wholeNumbers(name) : otherwise;
  }
}
