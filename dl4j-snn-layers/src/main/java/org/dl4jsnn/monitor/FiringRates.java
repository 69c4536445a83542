package org.dl4jsnn.monitor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
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
   * @param network a MultiLayerNetwork or ComputationGraph
   * @param features a minibatch for each of its inputs
   * @return the spiking layers' rates, in the order in which the network runs
   * @throws IllegalArgumentException if the network is another, or there are not as many features
   *     as inputs
   */
  public static List<LayerRates> measure(NeuralNetwork network, INDArray... features) {
    return measure(network, features, false);
  }

  /**
   * Measures a network of one input.
   *
   * @param network a MultiLayerNetwork or ComputationGraph
   * @param features a minibatch
   * @param training whether to measure what training sees: its noise, and currents normalised by
   *     the statistics of the minibatch. Before training the running averages of inference say
   *     nothing yet
   * @return the spiking layers' rates, in the order in which the network runs
   * @throws IllegalArgumentException if the network is another, or has several inputs
   */
  public static List<LayerRates> measure(
      NeuralNetwork network, INDArray features, boolean training) {
    return measure(network, new INDArray[] {features}, training);
  }

  /**
   * Measures.
   *
   * @param network a MultiLayerNetwork or ComputationGraph
   * @param features a minibatch for each of its inputs
   * @param training as above
   * @return the spiking layers' rates, in the order in which the network runs
   * @throws IllegalArgumentException if the network is another, or there are not as many features
   *     as inputs
   */
  public static List<LayerRates> measure(
      NeuralNetwork network, INDArray[] features, boolean training) {
    List<LayerRates> rates = new ArrayList<>();
    NetworkWalk.of(network)
        .run(features, training, passage -> add(passage.part(), passage.outcome(), rates));
    return rates;
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
    for (NetworkPart part : NetworkWalk.of(network).parts().subList(0, activations.size() - 1)) {
      add(part, activations.get(part.place() + 1), rates);
    }
    return rates;
  }

  /**
   * The rates in activations that a graph has computed.
   *
   * @param graph the graph
   * @param activations what its vertices made, by name, as listeners and {@code feedForward} have
   *     them; some may be missing
   * @return the spiking layers' rates, in the order in which the graph runs
   */
  public static List<LayerRates> of(ComputationGraph graph, Map<String, INDArray> activations) {
    List<LayerRates> rates = new ArrayList<>();
    for (NetworkPart part : NetworkWalk.of(graph).parts()) {
      if (activations.containsKey(part.name())) {
        add(part, activations.get(part.name()), rates);
      }
    }
    return rates;
  }

  private static void add(NetworkPart part, INDArray activation, List<LayerRates> rates) {
    if (part.configuration() instanceof BaseSpikingLayer) {
      rates.add(LayerRates.of(part.name(), activation));
    }
  }
}
