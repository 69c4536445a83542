package org.dl4jsnn.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.NeuralNetwork;

/**
 * A network of whole numbers as a digital chip runs it, made by {@link IntegerQuantization}. The
 * network in it is an ordinary one, whose weights are whole numbers in single precision and whose
 * neurons are {@link org.dl4jsnn.neuron.IntegerNeuron}s: every engine simulates it, every format
 * saves it. Its read-out is that of the trained network and sees firing rates.
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
   * Writes every layer's numbers as NumPy arrays, for other programs: {@code KEY.weight.npy},
   * {@code KEY.recurrent.npy} (8 or 16 bits), {@code KEY.bias.npy}, {@code KEY.threshold.npy},
   * {@code KEY.leak.npy}, {@code KEY.reset.npy}, {@code KEY.initial.npy} (32 bits), with KEY the
   * index of the layer or the name of its vertex. Biases, thresholds, leaks and reset values are
   * one a channel; weights are laid out as {@link IntegerLayer#shape}.
   *
   * @param folder where to; made if it is not there, and files of these names are replaced
   * @throws IOException if a file cannot be written
   */
  public void writeArrays(Path folder) throws IOException {
    IntegerArrays.write(folder, layers);
  }
}
