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
 * Measures the firing rates of a network's spiking layers: weighted, pooling and frozen ones. Costs
 * one forward pass, since activations are firing rates.
 */
public final class FiringRates {

  private FiringRates() {}

  /**
   * Measures the rates in inference.
   *
   * @param network a MultiLayerNetwork or ComputationGraph
   * @param features one minibatch per network input
   * @return the spiking layers' rates, in the order in which the network runs
   * @throws IllegalArgumentException if the network is of another type, or the number of feature
   *     arrays differs from the number of inputs
   */
  public static List<LayerRates> measure(NeuralNetwork network, INDArray... features) {
    return measure(network, features, false);
  }

  /**
   * Measures a network with one input.
   *
   * @param network a MultiLayerNetwork or ComputationGraph
   * @param features a minibatch
   * @param training whether to measure as in training: with its noise, and currents normalised by
   *     the statistics of the minibatch. Before training, the running averages used in inference
   *     are not yet meaningful
   * @return the spiking layers' rates, in the order in which the network runs
   * @throws IllegalArgumentException if the network is of another type, or has several inputs
   */
  public static List<LayerRates> measure(
      NeuralNetwork network, INDArray features, boolean training) {
    return measure(network, new INDArray[] {features}, training);
  }

  /**
   * Measures the rates in inference or training.
   *
   * @param network a MultiLayerNetwork or ComputationGraph
   * @param features one minibatch per network input
   * @param training as above
   * @return the spiking layers' rates, in the order in which the network runs
   * @throws IllegalArgumentException if the network is of another type, or the number of feature
   *     arrays differs from the number of inputs
   */
  public static List<LayerRates> measure(
      NeuralNetwork network, INDArray[] features, boolean training) {
    List<LayerRates> rates = new ArrayList<>();
    NetworkWalk.of(network)
        .run(features, training, passage -> add(passage.part(), passage.outcome(), rates));
    return rates;
  }

  /**
   * The rates in given activations of a network.
   *
   * @param network the network
   * @param activations its input and the outputs of its layers, as passed to listeners or returned
   *     by {@code feedForward}; those of the last layers may be missing
   * @return the spiking layers' rates, starting at the input
   */
  public static List<LayerRates> of(MultiLayerNetwork network, List<INDArray> activations) {
    List<LayerRates> rates = new ArrayList<>();
    for (NetworkPart part : NetworkWalk.of(network).parts().subList(0, activations.size() - 1)) {
      add(part, activations.get(part.place() + 1), rates);
    }
    return rates;
  }

  /**
   * The rates in given activations of a graph.
   *
   * @param graph the graph
   * @param activations the outputs of its vertices by name, as passed to listeners or returned by
   *     {@code feedForward}; some may be missing
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
