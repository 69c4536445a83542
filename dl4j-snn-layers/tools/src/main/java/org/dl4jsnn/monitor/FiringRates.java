package org.dl4jsnn.monitor;

import java.lang.ref.Reference;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.internal.walk.NetworkPart;
import org.dl4jsnn.internal.walk.NetworkWalk;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The firing rates of a spiking layer on a minibatch. Shares are between 0 and 1. Measuring a
 * network's weighted, pooling and frozen layers costs one forward pass, since activations are
 * firing rates.
 *
 * <pre>{@code
 * for (FiringRates rates : FiringRates.measure(network, features)) {
 *   boolean isQuiet = rates.mean() < 0.01 || rates.silent() > 0.5;
 * }
 * }</pre>
 *
 * @param layer the layer's name
 * @param mean the mean firing rate of all neurons and samples
 * @param silent the share of neurons that fire in no sample
 * @param saturated the share of neurons and samples that fire at every step
 */
public record FiringRates(String layer, double mean, double silent, double saturated) {

  /**
   * Measures the rates in inference.
   *
   * @param network a MultiLayerNetwork or ComputationGraph
   * @param features one minibatch per network input
   * @return the spiking layers' rates, in the order in which the network runs
   * @throws IllegalArgumentException if the network is of another type, or the number of feature
   *     arrays differs from the number of inputs
   */
  public static List<FiringRates> measure(NeuralNetwork network, INDArray... features) {
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
  public static List<FiringRates> measure(
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
  public static List<FiringRates> measure(
      NeuralNetwork network, INDArray[] features, boolean training) {
    List<FiringRates> rates = new ArrayList<>();
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
  public static List<FiringRates> of(MultiLayerNetwork network, List<INDArray> activations) {
    List<FiringRates> rates = new ArrayList<>();
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
  public static List<FiringRates> of(ComputationGraph graph, Map<String, INDArray> activations) {
    List<FiringRates> rates = new ArrayList<>();
    for (NetworkPart part : NetworkWalk.of(graph).parts()) {
      if (activations.containsKey(part.name())) {
        add(part, activations.get(part.name()), rates);
      }
    }
    return rates;
  }

  private static void add(NetworkPart part, INDArray activation, List<FiringRates> rates) {
    if (part.hasRates()) {
      rates.add(of(part.name(), activation));
    }
  }

  /**
   * Computes the rates from an activation, which is only read.
   *
   * @param layer the layer's name
   * @param activation firing rates, [minibatch, …]
   * @return the rates
   */
  public static FiringRates of(String layer, INDArray activation) {
    int neurons = Math.toIntExact(activation.length() / activation.size(0));
    FloatBuffer rates = HostArrays.buffer(activation);
    boolean[] fired = new boolean[neurons];
    float[] sample = new float[neurons];
    double sum = 0;
    long saturated = 0;
    while (rates.hasRemaining()) {
      rates.get(sample);
      for (int i = 0; i < neurons; i++) {
        float rate = sample[i];
        sum += rate;
        fired[i] |= rate != 0;
        saturated += rate >= 1 ? 1 : 0;
      }
    }
    Reference.reachabilityFence(activation);
    double count = activation.length();
    return new FiringRates(layer, sum / count, silentShare(fired), saturated / count);
  }

  private static double silentShare(boolean[] fired) {
    int silent = 0;
    for (boolean any : fired) {
      silent += any ? 0 : 1;
    }
    return (double) silent / fired.length;
  }
}
