package org.dl4jsnn.convert;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.internal.Require;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;

/**
 * A spiking network converted from a trained one, and how well it reproduces it.
 *
 * <pre>{@code
 * ConvertedNetwork<MultiLayerNetwork> converted =
 *     SpikingConversion.of(trained).calibrate(training).steps(32).convert();
 * MultiLayerNetwork spiking = converted.network();
 * SortedMap<Integer, Double> accuracy = converted.accuracyByT(test, 8, 16, 32);
 * }</pre>
 *
 * @param <N> the kind of network
 */
public final class ConvertedNetwork<N extends NeuralNetwork> {

  /**
   * A layer of neurons: the activation of a rate of 1 for each channel of the stage, and the number
   * of channels that were never above 0 on the calibration data.
   */
  record Layer(NeuronGroup group, double[] scales, int silentChannels) {}

  private final SpikingConversion<N> conversion;
  private final N trained;
  private final N network;
  private final boolean channelsLast;
  private final List<Layer> layers;

  ConvertedNetwork(
      SpikingConversion<N> conversion,
      N trained,
      N network,
      boolean channelsLast,
      List<Layer> layers) {
    this.conversion = conversion;
    this.trained = trained;
    this.network = network;
    this.channelsLast = channelsLast;
    this.layers = List.copyOf(layers);
  }

  /**
   * {@return the spiking network, always the same: an ordinary network that can be saved, trained
   * further and run like any other}
   */
  public N network() {
    return network;
  }

  /**
   * Compares activations of the trained network with firing rates of the spiking one, layer by
   * layer.
   *
   * @param data minibatches in the format of both networks; read once, from the start
   * @return the comparison
   * @throws IllegalArgumentException if there is no data, or an activation is not finite
   */
  public ConversionReport report(DataSetIterator data) {
    List<LayerComparison> comparisons = layers.stream().map(LayerComparison::new).toList();
    ObservedActivations before = new ObservedActivations(trained, channelsLast);
    ObservedActivations after = new ObservedActivations(network, false);
    Set<String> stages = ObservedActivations.stagesOf(layers.stream().map(Layer::group).toList());
    Set<String> names =
        layers.stream().map(layer -> layer.group().layer()).collect(Collectors.toSet());
    Calibration.begin(data);
    Require.not(
        !data.hasNext(),
        "data must hold at least one minibatch, got none. Possible cause: an iterator that is"
            + " at its end and cannot be reset");
    while (data.hasNext()) {
      INDArray features = data.next().getFeatures();
      var activations = before.of(features, stages);
      var rates = after.of(features, names);
      for (LayerComparison comparison : comparisons) {
        comparison.add(activations, rates);
      }
    }
    return new ConversionReport(comparisons.stream().map(LayerComparison::report).toList());
  }

  /**
   * The accuracy of the conversion at several numbers of steps. The conversion is repeated for each
   * number, since scales may depend on T; later training of this network is not included.
   *
   * @param data minibatches with labels; read once for each number
   * @param steps numbers of time steps, each at least 1
   * @return the accuracy, from 0 to 1, by T
   * @throws IllegalArgumentException if a number is out of range
   */
  public SortedMap<Integer, Double> accuracyByT(DataSetIterator data, int... steps) {
    SortedMap<Integer, Double> accuracies = new TreeMap<>();
    for (int number : steps) {
      N other = conversion.steps(number).convert().network();
      accuracies.put(number, accuracy(other, data));
      close(other);
    }
    return accuracies;
  }

  private static double accuracy(NeuralNetwork network, DataSetIterator data) {
    Calibration.begin(data);
    return network.doEvaluation(data, new Evaluation())[0].accuracy();
  }

  private static void close(NeuralNetwork network) {
    if (network instanceof ComputationGraph graph) {
      graph.close();
    } else {
      ((MultiLayerNetwork) network).close();
    }
  }
}
