package org.dl4jsnn.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.layer.ObservingPass;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Measures how much the spiking layers of a network fire, weighted and pooling ones, frozen ones
 * included. Costs one forward pass: activations are firing rates.
 */
public final class FiringRates {

  private FiringRates() {}

  /**
   * Measures in inference.
   *
   * @param network a network
   * @param features a minibatch
   * @return the spiking layers' rates, from the input on
   */
  public static List<LayerRates> measure(MultiLayerNetwork network, INDArray features) {
    return measure(network, features, false);
  }

  /**
   * Measures.
   *
   * @param network a network
   * @param features a minibatch
   * @param training whether to measure what training sees: its noise, and currents normalised by
   *     the statistics of the minibatch. Before training the running averages of inference say
   *     nothing yet
   * @return the spiking layers' rates, from the input on
   */
  @SuppressWarnings("try") // what observes is opened and closed, not read
  public static List<LayerRates> measure(
      MultiLayerNetwork network, INDArray features, boolean training) {
    try (ObservingPass observing = ObservingPass.of(network)) {
      return of(network, network.feedForward(features, training));
    }
  }

  /**
   * Measures in inference.
   *
   * @param graph a graph
   * @param features a minibatch for each of its inputs
   * @return the spiking layers' rates, in the order in which the graph runs
   */
  @SuppressWarnings("try") // what observes is opened and closed, not read
  public static List<LayerRates> measure(ComputationGraph graph, INDArray... features) {
    try (ObservingPass observing = ObservingPass.of(graph)) {
      return of(graph, graph.feedForward(features, false));
    }
  }

  /**
   * The rates in activations that a network has computed.
   *
   * @param network the network
   * @param activations its input and what its layers made of it, as listeners and {@code
   *     feedForward} have them; those of the last layers may be missing
   * @return the spiking layers' rates, from the input on
   */
  public static List<LayerRates> of(MultiLayerNetwork network, List<INDArray> activations) {
    List<LayerRates> rates = new ArrayList<>();
    for (int i = 1; i < activations.size(); i++) {
      add(network.getLayer(i - 1), activations.get(i), rates);
    }
    return rates;
  }

  /** The rates in a graph's activations; the output layers' may be missing. */
  static List<LayerRates> of(ComputationGraph graph, Map<String, INDArray> activations) {
    List<LayerRates> rates = new ArrayList<>();
    for (int index : graph.topologicalSortOrder()) {
      GraphVertex vertex = graph.getVertices()[index];
      INDArray activation = activations.get(vertex.getVertexName());
      if (vertex.hasLayer() && activation != null) {
        add(vertex.getLayer(), activation, rates);
      }
    }
    return rates;
  }

  private static void add(Layer layer, INDArray activation, List<LayerRates> rates) {
    // Of a frozen layer, this is the configuration of the layer inside.
    if (layer.conf().getLayer() instanceof BaseSpikingLayer spiking) {
      rates.add(LayerRates.of(spiking.getLayerName(), activation));
    }
  }
}
