package org.dl4jsnn.internal.walk;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikeAccumulation;
import org.dl4jsnn.conf.SpikeEncoding;
import org.dl4jsnn.conf.SpikingAdd;
import org.dl4jsnn.conf.SpikingAnd;
import org.dl4jsnn.conf.SpikingAndNot;
import org.dl4jsnn.conf.SpikingConcatenate;
import org.dl4jsnn.conf.SpikingDropout;
import org.dl4jsnn.conf.SpikingGlobalPooling;
import org.dl4jsnn.internal.array.WrappedLayers;
import org.dl4jsnn.internal.layer.SpikingDelayLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer of a network, or a vertex of a graph.
 *
 * @param place its index among the layers of a sequence, or among a graph's vertices in topological
 *     order, without the graph's inputs
 * @param name the name of the layer; in a graph the vertex's
 * @param key the prefix of its parameter names in the network, such as "1" of "1_W"
 * @param layer the layer, unwrapped if it is wrapped, such as a frozen one; null for a vertex
 *     without a layer
 * @param vertex the configuration of a vertex without a layer; null for a layer
 * @param isFrozen whether training does not change it
 * @param inputs the places of the parts that it reads, or −1 − i for the network's input i
 * @param isReadOut whether it is an output layer that nothing reads, which a walk leaves out
 * @param run how it runs
 */
public record NetworkPart(
    int place,
    String name,
    String key,
    Layer layer,
    GraphVertex vertex,
    boolean isFrozen,
    List<Integer> inputs,
    boolean isReadOut,
    PartRun run) {

  /** Unwraps the layer; what nothing reads is a read-out only if it is an output layer. */
  public NetworkPart {
    layer = WrappedLayers.inner(layer);
    inputs = List.copyOf(inputs);
    isReadOut = isReadOut && layer instanceof IOutputLayer;
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

  /** Whether it is a spiking layer whose activation is firing rates, not mean currents. */
  public boolean hasRates() {
    return configuration() instanceof BaseSpikingLayer spiking && !spiking.passesCurrents();
  }

  /** Whether spikes charge something there: neurons, or currents that are passed on. */
  public boolean isCharged() {
    return configuration() instanceof BaseSpikingLayer spiking
        && (spiking.hasNeurons() || spiking.passesCurrents());
  }

  /** Whether it is a vertex that combines spike trains. */
  public boolean combinesSpikes() {
    return addsRates() || vertex instanceof SpikingAnd || vertex instanceof SpikingAndNot;
  }

  /**
   * Whether it is a vertex that combines spike trains, and computes its rates from its inputs'
   * rates.
   */
  public boolean addsRates() {
    return vertex instanceof SpikingAdd || vertex instanceof SpikingConcatenate;
  }

  /** Whether it passes spikes on, as encodings and spiking layers and vertices do. */
  public boolean passesSpikes() {
    org.deeplearning4j.nn.conf.layers.Layer configuration = configuration();
    return configuration instanceof BaseSpikingLayer
        || configuration instanceof SpikeEncoding
        || layer instanceof SpikingDelayLayer
        || configuration instanceof SpikingDropout
        || configuration instanceof SpikeAccumulation
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

  @Override
  public String toString() {
    return "'" + name + "' (" + kind() + ")";
  }
}
