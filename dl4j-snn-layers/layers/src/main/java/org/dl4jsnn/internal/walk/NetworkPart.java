package org.dl4jsnn.internal.walk;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.BaseSpikingVertex;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingDelay;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.internal.array.WrappedLayers;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A layer of a network, or a vertex of a graph. */
public final class NetworkPart {

  private final int place;
  private final String name;
  private final String key;
  private final Layer layer;
  private final GraphVertex vertex;
  private final boolean frozen;
  private final List<Integer> inputs;
  private final boolean readOut;
  private final PartRun run;

  /**
   * Creates a part.
   *
   * @param place its place in the order of execution
   * @param name its name for users
   * @param layer the network's layer, possibly wrapped; null for a vertex without a layer
   * @param vertex the configuration of a vertex without a layer; null for a layer
   * @param frozen whether training does not change it
   * @param inputs places of the parts that it reads
   * @param isRead whether another part reads its output
   */
  NetworkPart(
      int place,
      String name,
      String key,
      Layer layer,
      GraphVertex vertex,
      boolean frozen,
      List<Integer> inputs,
      boolean isRead,
      PartRun run) {
    this.place = place;
    this.name = name;
    this.key = key;
    this.layer = WrappedLayers.inner(layer);
    this.vertex = vertex;
    this.frozen = frozen;
    this.inputs = List.copyOf(inputs);
    this.readOut = this.layer instanceof IOutputLayer && !isRead;
    this.run = run;
  }

  /**
   * Its index among the layers of a sequence, or among a graph's vertices in topological order,
   * without the graph's inputs.
   */
  public int place() {
    return place;
  }

  /** The name of the layer; in a graph the vertex's. */
  public String name() {
    return name;
  }

  /** The prefix of its parameter names in the network, such as "1" of "1_W". */
  public String key() {
    return key;
  }

  /**
   * The layer, unwrapped if it is wrapped, such as a frozen one; null for a vertex without a layer.
   */
  public Layer layer() {
    return layer;
  }

  /** Whether training does not change it. */
  public boolean isFrozen() {
    return frozen;
  }

  /** The places of the parts that it reads, or −1 − i for the network's input i. */
  public List<Integer> inputs() {
    return inputs;
  }

  /** Whether it is an output layer that nothing reads, which a walk leaves out. */
  public boolean isReadOut() {
    return readOut;
  }

  /** The layer's configuration; null for a vertex without a layer. */
  public org.deeplearning4j.nn.conf.layers.Layer configuration() {
    return layer == null ? null : layer.conf().getLayer();
  }

  /** The configuration of a vertex without a layer; null for a layer. */
  public GraphVertex vertex() {
    return vertex;
  }

  /** The preprocessor of the layer's input, if there is one. */
  public Optional<InputPreProcessor> preProcessor() {
    return run instanceof PartRun.OfLayer ofLayer
        ? Optional.ofNullable(ofLayer.before())
        : Optional.empty();
  }

  /** Whether it is a layer of spiking neurons, which max pooling is not. */
  public boolean hasNeurons() {
    return configuration() instanceof BaseSpikingLayer spiking && spiking.hasNeurons();
  }

  /**
   * Whether it is a vertex that combines spike trains, and computes its rates from its inputs'
   * rates.
   */
  public boolean combinesSpikes() {
    return vertex instanceof BaseSpikingVertex;
  }

  /** Whether it passes spikes on, as encodings and spiking layers and vertices do. */
  public boolean passesSpikes() {
    org.deeplearning4j.nn.conf.layers.Layer configuration = configuration();
    return configuration instanceof BaseSpikingLayer
        || configuration instanceof SpikeEncoding
        || configuration instanceof SpikingDelay
        || configuration instanceof SpikingDropout
        || configuration instanceof SpikingGlobalPooling
        || combinesSpikes();
  }

  /** The simple name of its configuration's class. */
  public String kind() {
    return (layer == null ? vertex : configuration()).getClass().getSimpleName();
  }

  /** Runs only this part, in inference, on the output of the part below. */
  public INDArray infer(INDArray input) {
    int minibatch = Math.toIntExact(input.size(0));
    return run.activate(
        run.prepare(List.of(input), minibatch, LayerWorkspaceMgr.noWorkspaces()),
        false,
        LayerWorkspaceMgr.noWorkspaces());
  }

  PartRun run() {
    return run;
  }

  @Override
  public String toString() {
    return "'" + name + "' (" + kind() + ")";
  }
}
