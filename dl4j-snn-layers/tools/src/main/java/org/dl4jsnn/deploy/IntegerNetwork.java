package org.dl4jsnn.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;

/**
 * An integer network as a digital chip runs it, made by {@link IntegerQuantization}. It holds an
 * ordinary network whose weights are whole numbers in single precision and whose neurons compute in
 * whole numbers, as {@link org.dl4jsnn.neuron.IntegerNeuron} does: every engine simulates it, and
 * every format saves it. It keeps the read-out of the trained network, which sees firing rates.
 *
 * <pre>{@code
 * IntegerNetwork<MultiLayerNetwork> chip = IntegerQuantization.toBits(8).quantize(trained);
 * int[] weights = chip.layers().get(0).weights();
 * INDArray outputs = chip.network().output(features);
 * }</pre>
 *
 * @param <N> MultiLayerNetwork or ComputationGraph
 */
public final class IntegerNetwork<N extends NeuralNetwork> {

  private final N network;
  private final Map<String, Layer> layers;

  /** Takes the spiking layers by index or name of their vertex, in order. */
  IntegerNetwork(N network, Map<String, Layer> layers) {
    this.network = network;
    this.layers = layers;
  }

  /** {@return the network that simulates the chip: an ordinary network} */
  public N network() {
    return network;
  }

  /** {@return the layers with neurons or with currents that they pass on, from first to last} */
  public List<Layer> layers() {
    return List.copyOf(layers.values());
  }

  /** The same layers by index or name of their vertex. */
  Map<String, Layer> layersByKey() {
    return layers;
  }

  /**
   * Writes every layer's numbers as NumPy arrays for other programs: {@code KEY.weight.npy}, {@code
   * KEY.recurrent.npy} (8 or 16 bits), {@code KEY.bias.npy}, {@code KEY.threshold.npy}, {@code
   * KEY.leak.npy}, {@code KEY.reset.npy}, {@code KEY.initial.npy} (32 bits) and what other neurons
   * have, such as {@code KEY.synaptic.npy}. KEY is the index of the layer or the name of its
   * vertex; characters other than letters, digits, {@code .}, {@code -} and {@code _} are escaped
   * as in a URL's query ({@code block/a} becomes {@code block%2Fa}). Biases, thresholds, leaks and
   * reset values have one number per channel; weights have the shape {@link Layer#shape}. {@code
   * network.json} says what these leave open: the order of the layers and what each reads, windows,
   * units, kinds of reset and floors (docs/chip.md).
   *
   * @param folder the target folder; created if missing; existing files are replaced
   * @throws IllegalArgumentException if two layers' names differ only in upper and lower case;
   *     nothing is written
   * @throws IOException if a file cannot be written; the existing ones then stay as they are
   */
  public void writeArrays(Path folder) throws IOException {
    IntegerArrays.write(folder, this);
  }

  /**
   * A layer with integer weights, biases and neurons (equation 76 of docs/mathematics.md).
   * Immutable.
   */
  public static final class Layer {

    private final String name;
    private final long[] shape;
    private final int[] weights;
    private final int[] recurrentWeights;
    private final int[] bias;
    private final double[] units;
    private final IntegerNeuron neuron;
    private final NeuronDynamics dynamics;
    private final double signalToNoise;

    Layer(
        String name,
        long[] shape,
        int[] weights,
        int[] recurrentWeights,
        int[] bias,
        double[] units,
        IntegerNeuron neuron,
        NeuronDynamics dynamics,
        double signalToNoise) {
      this.name = name;
      this.shape = shape;
      this.weights = weights;
      this.recurrentWeights = recurrentWeights;
      this.bias = bias;
      this.units = units;
      this.neuron = neuron;
      this.dynamics = dynamics;
      this.signalToNoise = signalToNoise;
    }

    /** {@return the layer's name in the trained network's configuration} */
    public String name() {
      return name;
    }

    /**
     * {@return the shape of the weights: [nIn, nOut] of a dense layer, [nOut, nIn, kernel height,
     * kernel width] of a convolution}
     */
    public long[] shape() {
      return shape.clone();
    }

    /** {@return a copy of the weights, in C order} */
    public int[] weights() {
      return weights.clone();
    }

    /**
     * {@return the weights from the layer to itself: [n, n] in C order, or n from each neuron to
     * itself; empty for none}
     */
    public int[] recurrentWeights() {
      return recurrentWeights.clone();
    }

    /** {@return the biases: one per channel; empty for none} */
    public int[] bias() {
      return bias.clone();
    }

    /** {@return the value of an integer of 1 in the trained network, one per channel} */
    public double[] units() {
      return units.clone();
    }

    /**
     * {@return the neurons' membranes: thresholds, leaks and resets; null of a layer that passes on
     * its currents}
     */
    public IntegerNeuron neuron() {
      return neuron;
    }

    /**
     * {@return the neurons, in whole numbers: the membranes, with a synaptic current, adaptation or
     * refractory period if the trained neurons have one; {@code GradedNeuron} of a layer that
     * passes on its currents}
     */
    public NeuronDynamics dynamics() {
      return dynamics;
    }

    /**
     * {@return the weights compared with their rounding errors: 10 log₁₀(Σ w² / Σ (w − w′)²), in
     * dB; infinite if nothing was rounded}
     */
    public double signalToNoise() {
      return signalToNoise;
    }

    @Override
    public String toString() {
      return name + ": integer weights " + Arrays.toString(shape) + ", " + dynamics;
    }
  }
}
