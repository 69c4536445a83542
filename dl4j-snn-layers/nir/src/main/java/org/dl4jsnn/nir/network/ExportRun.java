package org.dl4jsnn.nir.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.dl4jsnn.conf.LeakyReadOut;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingConvolution1D;
import org.dl4jsnn.conf.SpikingConvolution2D;
import org.dl4jsnn.conf.SpikingDepthwiseConvolution2D;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.neuron.MembraneReadOut;
import org.dl4jsnn.nir.NirDialect;
import org.dl4jsnn.nir.NirPlumbing;
import org.dl4jsnn.nir.network.ExportedNodes.Branch;
import org.dl4jsnn.spike.FeatureShape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Writes the parts of a network into a graph, in execution order. */
final class ExportRun {

  static final String RULE = "layers must have equivalent nodes";

  private final boolean dropsInitial;
  private final ExportedNodes writer = new ExportedNodes();
  private final WeightNodes weights;
  private final NirRefusals refusals = new NirRefusals();
  private final LayerNodes layers;

  /** The concatenated outputs of parts; empty if a part has no node. */
  private final Map<Integer, List<Branch>> given = new HashMap<>();

  /**
   * Whether images of one row become [channels, width], as only 1-dimensional convolutions read
   * them.
   */
  private final boolean hasRows;

  /** Writes all parts; other parts may read those that are outputs, too. */
  ExportRun(double timeStep, boolean dropsInitial, List<NetworkPart> parts, Set<String> outputs) {
    this.dropsInitial = dropsInitial;
    this.weights = new WeightNodes(writer, parts.stream().anyMatch(this::goesToSinabs));
    this.layers = new LayerNodes(writer, weights, new NeuronNodes(timeStep));
    this.hasRows = hasRows(parts);
    Set<Integer> read = new HashSet<>();
    parts.forEach(part -> read.addAll(part.inputs()));
    for (NetworkPart part : parts) {
      String name = named(part);
      refusals
          .attempt(name, () -> branches(part, parts))
          .ifPresent(
              branches -> {
                given.put(part.place(), branches);
                if (!read.contains(part.place()) || outputs.contains(part.name())) {
                  refusals.attempt(name, () -> end(part, branches));
                }
              });
    }
  }

  /** sinabs reads no Linear. */
  private boolean goesToSinabs(NetworkPart part) {
    return refusals
        .attempt(named(part), () -> Metadata.origin(part).map(NirDialect::ofOrigin))
        .flatMap(dialect -> dialect)
        .filter(dialect -> dialect.name().equals(NirDialect.sinabs().name()))
        .isPresent();
  }

  ExportedNodes writer() {
    refusals.throwIfAny(RULE);
    return writer;
  }

  private static String named(NetworkPart part) {
    return "layer '" + part.name() + "' (" + part.kind() + ")";
  }

  private static boolean hasRows(List<NetworkPart> parts) {
    boolean has = false;
    for (NetworkPart part : parts) {
      Layer layer = part.configuration();
      has |= layer instanceof SpikingConvolution1D;
      if (layer instanceof SpikingConvolution2D
          || layer instanceof SpikingDepthwiseConvolution2D
          || layer instanceof SpikingPooling2D
          || layer instanceof SpikingGlobalPooling) {
        return false;
      }
    }
    return has;
  }

  /** The output of a part; null if something below it has no node. */
  private List<Branch> branches(NetworkPart part, List<NetworkPart> parts) {
    Layer layer = part.configuration();
    if (layer instanceof SpikeEncoding encoding) {
      return List.of(input(part, encoding));
    }
    NeuronNodes.require(layer, dropsInitial);
    List<List<Branch>> arriving = new ArrayList<>();
    for (int below : part.inputs()) {
      if (!given.containsKey(below)) {
        return null;
      }
      arriving.add(given.get(below));
    }
    if (layer == null) {
      return vertex(part, arriving);
    }
    List<Branch> branches = arriving.get(0);
    if (layer instanceof SpikingDropout
        || layer instanceof LossLayer
        || layer instanceof RnnLossLayer) {
      return branches;
    }
    if (layer instanceof BaseOutputLayer output) {
      requireLinear(part, parts);
      INDArray bias = output.hasBias() ? param(part, DefaultParamInitializer.BIAS_KEY) : null;
      return List.of(
          layers.sum(
              weights.dense(
                  part.name(), branches, param(part, DefaultParamInitializer.WEIGHT_KEY), bias),
              (int) output.getNOut()));
    }
    return List.of(layers.of(part, layer, branches));
  }

  private Branch input(NetworkPart part, SpikeEncoding encoding) {
    FeatureShape shape =
        encoding
            .sampleShape()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the configuration must have been built with setInputType or "
                            + "setInputTypes, since a graph states the shape of its input"));
    int[] axes = {shape.channels(), shape.height(), shape.width()};
    if (!shape.spatial()) {
      axes = new int[] {shape.channels()};
    } else if (hasRows && shape.height() == 1) {
      axes = new int[] {shape.channels(), shape.width()};
    }
    return Branch.of(writer.add(part.name(), new NirPlumbing.Input(axes), List.of()), axes);
  }

  private static List<Branch> vertex(NetworkPart part, List<List<Branch>> arriving) {
    List<Branch> all = new ArrayList<>();
    arriving.forEach(all::addAll);
    if (part.kind().equals(SpikingConcatenate.class.getSimpleName()) && part.combinesSpikes()) {
      return all;
    }
    if (!part.kind().equals(SpikingAdd.class.getSimpleName()) || !part.combinesSpikes()) {
      throw new IllegalArgumentException(
          "vertices must be SpikingAdd or SpikingConcatenate, got " + part.kind());
    }
    List<String> sources = new ArrayList<>();
    for (List<Branch> branches : arriving) {
      sources.addAll(only(branches).sources());
    }
    if (new HashSet<>(sources).size() < sources.size()) {
      throw new IllegalArgumentException(
          "a layer must be added only once, since two nodes have at most one edge, got " + sources);
    }
    return List.of(new Branch(sources, all.get(0).shape()));
  }

  /** The only branch; a concatenation has no node unless weights read it. */
  static Branch only(List<Branch> branches) {
    Require.not(
        branches.size() != 1,
        "a concatenation must be read by a layer with weights, which splits them, got one of"
            + " %s layers",
        branches.size());
    return branches.get(0);
  }

  private static void requireLinear(NetworkPart part, List<NetworkPart> parts) {
    for (int below : part.inputs()) {
      if (below >= 0
          && parts.get(below).configuration() instanceof LeakyReadOut readOut
          && readOut.getReads() == MembraneReadOut.MAXIMUM) {
        throw new IllegalArgumentException(
            "weights must not come after the maximum of a membrane over time, which a graph cannot "
                + "express, got a MAXIMUM read-out before");
      }
    }
  }

  private boolean end(NetworkPart part, List<Branch> branches) {
    Branch last = only(branches);
    writer.add("output", new NirPlumbing.Output(last.shape()), last.sources());
    return true;
  }

  static INDArray param(NetworkPart part, String name) {
    return part.layer().paramTable().get(name);
  }
}
