package org.dl4jsnn.deploy;

import java.util.Arrays;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.array.WrappedLayers;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Rounds the weights of spiking layers to integers of few bits times a power of two per output
 * channel (equation 36 of docs/mathematics.md). Recurrent weights share the powers of two of their
 * target neurons. The result is an ordinary network: every engine simulates it, and every format
 * saves it.
 *
 * <pre>{@code
 * MultiLayerNetwork rounded = WeightQuantization.toBits(8).quantize(trained);
 * double accuracy = rounded.evaluate(test).accuracy();
 * }</pre>
 *
 * <p>Sums of such weights are exact in single precision, in any order, as long as a membrane
 * potential stays below 2²⁴ times the power of two.
 *
 * <p>The neurons and the read-out, a stock layer that sees firing rates, are not rounded.
 */
public final class WeightQuantization {

  private static final int FEWEST_BITS = 2;
  private static final int MOST_BITS = 16;

  /** The powers of two of single precision that leave room for sums. */
  private static final int LOWEST = -100;

  private static final int HIGHEST = 100;

  private final int largest;

  private WeightQuantization(int bits) {
    this.largest = (1 << bits - 1) - 1;
  }

  /**
   * Creates a rounding to a number of bits.
   *
   * @param bits bits of a weight, including its sign, from 2 to 16
   * @return the rounding
   * @throws IllegalArgumentException if the number is out of range
   */
  public static WeightQuantization toBits(int bits) {
    return new WeightQuantization(Require.within("bits of a weight", bits, FEWEST_BITS, MOST_BITS));
  }

  /**
   * Rounds the weights of a trained network. Normalisations are {@linkplain NormalizationFolding
   * folded} first; biases are rounded to multiples of their channel's power of two.
   *
   * @param trained a network; not changed
   * @return a new network for inference
   * @throws IllegalArgumentException if there is no spiking layer with weights, or a weight is not
   *     finite
   */
  public MultiLayerNetwork quantize(MultiLayerNetwork trained) {
    MultiLayerNetwork network = NormalizationFolding.fold(trained);
    round(network.getLayers());
    return network;
  }

  /**
   * Rounds the weights of a trained graph; otherwise like {@link #quantize(MultiLayerNetwork)}.
   *
   * @param trained a graph; not changed
   * @return a new graph for inference
   * @throws IllegalArgumentException if there is no spiking layer with weights, or a weight is not
   *     finite
   */
  public ComputationGraph quantize(ComputationGraph trained) {
    ComputationGraph network = NormalizationFolding.fold(trained);
    round(network.getLayers());
    return network;
  }

  /** Rounds the weights of spiking layers, which must not normalise their currents. */
  void round(Layer[] layers) {
    boolean any = false;
    for (Layer layer : layers) {
      Map<String, INDArray> parameters = layer.paramTable();
      if (WrappedLayers.inner(layer.conf().getLayer()) instanceof BaseSpikingLayer spiking
          && parameters.containsKey(Synapse.WEIGHT)) {
        quantize(parameters, spiking);
        any = true;
      }
    }
    Require.not(
        !any,
        "network must hold at least one spiking layer with weights to round, got none. Possible"
            + " cause: the layers are stock ones");
  }

  private void quantize(Map<String, INDArray> parameters, BaseSpikingLayer layer) {
    INDArray weights = parameters.get(Synapse.WEIGHT);
    INDArray recurrent = parameters.get(Recurrence.WEIGHT);
    LayerRounding rounded = layer(layer.name(), weights, layer.outputAxis(), recurrent);
    weights.assign(rounded.weights().toArray());
    if (recurrent != null) {
      recurrent.assign(rounded.recurrent().toArray());
    }
    INDArray bias = parameters.get(Synapse.BIAS);
    if (bias != null) {
      round(layer.name(), bias, rounded);
    }
  }

  /** Rounds biases; those of channels without weights are unchanged. */
  private static void round(String name, INDArray bias, LayerRounding weights) {
    int[] exponents = weights.weights().exponents();
    boolean[] hasWeights = weights.hasWeights();
    for (int channel = 0; channel < exponents.length; channel++) {
      double value = bias.getDouble(channel);
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "%s: biases must be finite, got %s in channel %s. Possible cause: training diverged"
                .formatted(name, value, channel));
      }
      if (hasWeights[channel]) {
        double whole = Math.rint(Math.scalb(value, -exponents[channel]));
        bias.putScalar(channel, Math.scalb(whole, exponents[channel]));
      }
    }
  }

  /**
   * Rounds weights: e is the smallest exponent with max |w| ≤ (2ᵇ⁻¹ − 1)·2ᵉ over the channel's
   * weights, and a weight becomes the integer nearest to w/2ᵉ.
   *
   * @param weights any shape and floating type
   * @param outputAxis the axis that counts the output channels
   * @return the integers and exponents
   * @throws IllegalArgumentException if a weight is not finite, or is too large or too small for
   *     sums in single precision
   */
  public QuantizedWeights weights(INDArray weights, int outputAxis) {
    return layer("weights", weights, outputAxis, null).weights();
  }

  /**
   * Rounds the weights of a layer: e of a channel bounds all weights to its neurons. Recurrent ones
   * are [n, n] or [n], the last axis counts the targets; null without recurrence.
   */
  LayerRounding layer(String name, INDArray weights, int outputAxis, INDArray recurrent) {
    ChannelWeights below = ChannelWeights.of(weights, outputAxis);
    double[] magnitudes = below.magnitudes();
    ChannelWeights within =
        recurrent == null ? null : ChannelWeights.of(recurrent, recurrent.rank() - 1);
    if (within != null) {
      double[] more = within.magnitudes();
      Arrays.setAll(magnitudes, channel -> Math.max(magnitudes[channel], more[channel]));
    }
    int[] exponents = new int[magnitudes.length];
    for (int channel = 0; channel < exponents.length; channel++) {
      exponents[channel] = exponent(name, channel, magnitudes[channel]);
    }
    return new LayerRounding(
        rounded(below, exponents), within == null ? null : rounded(within, exponents));
  }

  private static QuantizedWeights rounded(ChannelWeights weights, int[] exponents) {
    float[] values = weights.values();
    int[] rounded = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (int) Math.rint(Math.scalb(values[i], -exponents[weights.channel(i)]));
    }
    return new QuantizedWeights(weights.shape(), rounded, exponents, weights.perChannel());
  }

  private int exponent(String name, int channel, double magnitude) {
    if (magnitude == 0) {
      return 0;
    }
    int exponent = Math.getExponent(magnitude) - Math.getExponent((float) largest);
    if (magnitude > Math.scalb((double) largest, exponent)) {
      exponent++;
    }
    Require.not(
        !Double.isFinite(magnitude) || exponent > HIGHEST,
        "%s: the largest weight of an output channel must be finite and at most %s, got %s in channel"
            + " %s. Possible cause: training diverged",
        name,
        Math.scalb((double) largest, HIGHEST),
        (float) magnitude,
        channel);
    // Weight decay leaves next to nothing of a neuron that never fires: it rounds to 0.
    return Math.max(exponent, LOWEST);
  }

  /**
   * The rounded weights from the layer below and from the layer to itself, null without recurrence,
   * with the same powers of two.
   */
  record LayerRounding(QuantizedWeights weights, QuantizedWeights recurrent) {

    /** Whether each output channel has a nonzero integer. */
    boolean[] hasWeights() {
      boolean[] has = weights.hasWeights();
      if (recurrent != null) {
        boolean[] more = recurrent.hasWeights();
        for (int channel = 0; channel < has.length; channel++) {
          has[channel] |= more[channel];
        }
      }
      return has;
    }
  }
}
