package org.dl4jsnn.deploy;

import java.util.Arrays;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.IntegerSynapticNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;

/**
 * A layer with integer weights, biases and neurons (equation 76 of docs/mathematics.md). Immutable.
 */
public final class IntegerLayer {

  private final String name;
  private final long[] shape;
  private final int[] weights;
  private final int[] recurrentWeights;
  private final int[] bias;
  private final double[] units;
  private final IntegerNeuron neuron;
  private final int[] synapticDecays;
  private final double signalToNoise;

  /**
   * A layer.
   *
   * @param name the layer's name
   * @param shape the shape of the weights
   * @param weights the weights in C order
   * @param recurrentWeights [n, n] in C order, or n from each neuron to itself; empty for none
   * @param bias one value per channel; empty for none
   * @param units the value of an integer of 1, for every channel
   * @param neuron the neurons, without their synaptic current
   * @param synapticDecays its decay, one for all neurons or one per channel; empty without one
   * @param signalToNoise the signal-to-noise ratio of the weights, dB
   */
  IntegerLayer(
      String name,
      long[] shape,
      int[] weights,
      int[] recurrentWeights,
      int[] bias,
      double[] units,
      IntegerNeuron neuron,
      int[] synapticDecays,
      double signalToNoise) {
    this.name = name;
    this.shape = shape;
    this.weights = weights;
    this.recurrentWeights = recurrentWeights;
    this.bias = bias;
    this.units = units;
    this.neuron = neuron;
    this.synapticDecays = synapticDecays;
    this.signalToNoise = signalToNoise;
  }

  /**
   * The layer's name.
   *
   * @return the name in the trained network's configuration
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
   * @return a copy, in C order
   */
  public int[] weights() {
    return weights.clone();
  }

  /**
   * The weights from the layer to itself.
   *
   * @return [n, n] in C order, or n from each neuron to itself; empty for none
   */
  public int[] recurrentWeights() {
    return recurrentWeights.clone();
  }

  /**
   * The biases.
   *
   * @return one per channel; empty for none
   */
  public int[] bias() {
    return bias.clone();
  }

  /**
   * The value of an integer of 1 in the trained network.
   *
   * @return one value per channel
   */
  public double[] units() {
    return units.clone();
  }

  /**
   * The neurons, without their synaptic current.
   *
   * @return thresholds, leaks and resets
   */
  public IntegerNeuron neuron() {
    return neuron;
  }

  /**
   * The share of the synaptic current kept from step to step, in 4096ths.
   *
   * @return one for all neurons, or one per channel; empty for neurons without a synaptic current
   */
  public int[] synapticDecays() {
    return synapticDecays.clone();
  }

  /** The neurons. */
  NeuronDynamics dynamics() {
    return synapticDecays.length == 0 ? neuron : new IntegerSynapticNeuron(neuron, synapticDecays);
  }

  /**
   * The weights compared with their rounding errors: 10 log₁₀(Σ w² / Σ (w − w′)²).
   *
   * @return dB; infinite if nothing was rounded
   */
  public double signalToNoise() {
    return signalToNoise;
  }

  @Override
  public String toString() {
    return name + ": integer weights " + Arrays.toString(shape) + ", " + dynamics();
  }
}
