package org.dl4jsnn.deploy;

import java.util.Arrays;
import org.dl4jsnn.neuron.IntegerNeuron;

/**
 * A layer of whole numbers: weights, biases and neurons (equation 76 of docs/mathematics.md).
 * Immutable.
 */
public final class IntegerLayer {

  private final String name;
  private final long[] shape;
  private final int[] weights;
  private final int[] recurrentWeights;
  private final int[] bias;
  private final double[] units;
  private final IntegerNeuron neuron;
  private final double signalToNoise;

  /**
   * A layer.
   *
   * @param name of the layer in messages
   * @param shape of the weights
   * @param weights in order c
   * @param recurrentWeights [n, n] in order c, or n from each neuron to itself; empty for none
   * @param bias one value a channel; empty for none
   * @param units what an integer of 1 stands for, of every channel
   * @param neuron the neurons
   * @param signalToNoise of the weights, dB
   */
  IntegerLayer(
      String name,
      long[] shape,
      int[] weights,
      int[] recurrentWeights,
      int[] bias,
      double[] units,
      IntegerNeuron neuron,
      double signalToNoise) {
    this.name = name;
    this.shape = shape;
    this.weights = weights;
    this.recurrentWeights = recurrentWeights;
    this.bias = bias;
    this.units = units;
    this.neuron = neuron;
    this.signalToNoise = signalToNoise;
  }

  /**
   * The layer's name.
   *
   * @return as messages name it
   */
  public String name() {
    return name;
  }

  /**
   * The shape of the weights.
   *
   * @return sizes of the axes: [nIn, nOut] of a dense layer, [nOut, nIn, kernel height, kernel
   *     width] of a convolution
   */
  public long[] shape() {
    return shape.clone();
  }

  /**
   * The weights.
   *
   * @return a copy, in order c
   */
  public int[] weights() {
    return weights.clone();
  }

  /**
   * The weights from the layer to itself.
   *
   * @return [n, n] in order c, or n from each neuron to itself; empty for none
   */
  public int[] recurrentWeights() {
    return recurrentWeights.clone();
  }

  /**
   * The biases.
   *
   * @return one a channel; empty for none
   */
  public int[] bias() {
    return bias.clone();
  }

  /**
   * What an integer of 1 stands for in the trained network.
   *
   * @return one value a channel
   */
  public double[] units() {
    return units.clone();
  }

  /**
   * The neurons.
   *
   * @return thresholds, leaks and resets
   */
  public IntegerNeuron neuron() {
    return neuron;
  }

  /**
   * How large the weights are beside what rounding changed: 10 log₁₀(Σ w² / Σ (w − w′)²).
   *
   * @return dB; infinite where nothing was rounded
   */
  public double signalToNoise() {
    return signalToNoise;
  }

  @Override
  public String toString() {
    return name + ": integer weights " + Arrays.toString(shape) + ", " + neuron;
  }
}
