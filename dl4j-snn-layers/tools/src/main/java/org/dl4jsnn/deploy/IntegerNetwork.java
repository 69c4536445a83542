package org.dl4jsnn.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.NeuralNetwork;

/**
 * An integer network as a digital chip runs it, made by {@link IntegerQuantization}. It holds an
 * ordinary network whose weights are whole numbers in single precision and whose neurons are {@link
 * org.dl4jsnn.neuron.IntegerNeuron}s or {@link org.dl4jsnn.neuron.IntegerSynapticNeuron}s: every
 * engine simulates it, and every format saves it. It keeps the read-out of the trained network,
 * which sees firing rates.
 *
 * @param <N> MultiLayerNetwork or ComputationGraph
 */
public final class IntegerNetwork<N extends NeuralNetwork> {

  private final N network;
  private final Map<String, IntegerLayer> layers;

  /**
   * A network.
   *
   * @param network the network
   * @param layers its spiking layers by index or name of their vertex, in order
   */
  IntegerNetwork(N network, Map<String, IntegerLayer> layers) {
    this.network = network;
    this.layers = layers;
  }

  /**
   * The network that simulates the chip.
   *
   * @return an ordinary network
   */
  public N network() {
    return network;
  }

  /**
   * The layers with neurons.
   *
   * @return from the first to the last
   */
  public List<IntegerLayer> layers() {
    return List.copyOf(layers.values());
  }

  /** The layers with neurons, by index or name of their vertex. */
  Map<String, IntegerLayer> layersByKey() {
    return layers;
  }

  /**
   * Writes every layer's numbers as NumPy arrays for other programs: {@code KEY.weight.npy}, {@code
   * KEY.recurrent.npy} (8 or 16 bits), {@code KEY.bias.npy}, {@code KEY.threshold.npy}, {@code
   * KEY.leak.npy}, {@code KEY.reset.npy}, {@code KEY.initial.npy} and, for neurons with a synaptic
   * current, {@code KEY.synaptic.npy} (32 bits). KEY is the index of the layer or the name of its
   * vertex; characters other than letters, digits, {@code .}, {@code -} and {@code _} are escaped
   * as in a URL's query ({@code block/a} becomes {@code block%2Fa}). Biases, thresholds, leaks and
   * reset values have one number per channel; weights have the shape {@link IntegerLayer#shape}.
   * {@code network.json} says what these leave open: the order of the layers and what each reads,
   * windows, units, kinds of reset and floors (docs/deploy.md).
   *
   * @param folder the target folder; created if missing; existing files are replaced
   * @throws IllegalArgumentException if two layers' names differ only in upper and lower case;
   *     nothing is written
   * @throws IOException if a file cannot be written; the existing ones then stay as they are
   */
  public void writeArrays(Path folder) throws IOException {
    IntegerArrays.write(folder, this);
  }
}
