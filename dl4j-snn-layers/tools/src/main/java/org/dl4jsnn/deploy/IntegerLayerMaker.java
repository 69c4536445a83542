package org.dl4jsnn.deploy;

import java.util.Arrays;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import org.dl4jsnn.charge.Window2D;
import org.dl4jsnn.conf.BaseSpikingLayer;
import org.dl4jsnn.conf.SpikingPooling2D;
import org.dl4jsnn.internal.Precision;
import org.dl4jsnn.internal.array.HostArrays;
import org.dl4jsnn.neuron.IntegerAdLifNeuron;
import org.dl4jsnn.neuron.IntegerNeuron;
import org.dl4jsnn.neuron.NeuronDynamics;
import org.dl4jsnn.synapse.Recurrence;
import org.dl4jsnn.synapse.Synapse;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Finds the integers of a layer (equation 76 of docs/mathematics.md), with bits of a weight, sign
 * included, and of a threshold, and a unit per channel or per layer. Membranes of layers with
 * windows fit into the limit, if it is not null.
 */
record IntegerLayerMaker(int bits, int thresholdBits, boolean perChannel, MembraneLimit limit) {

  /**
   * The limit of biases, reset values and initial membranes, with room for sums in single
   * precision.
   */
  private static final int LARGEST = 1 << 23;

  IntegerNetwork.Layer make(
      BaseSpikingLayer layer, Map<String, INDArray> parameters, MembraneLimit.Input input) {
    ChannelWeights weights = weights(layer, parameters);
    int channels = weights.channels();
    MembraneNumbers membrane = MembraneNumbers.of(layer, parameters, channels);
    float[] recurrent = values(parameters.get(Recurrence.WEIGHT));
    double[] magnitudes = weights.magnitudes();
    for (int i = 0; i < recurrent.length; i++) {
      magnitudes[i % channels] = Math.max(magnitudes[i % channels], Math.abs(recurrent[i]));
    }
    double[] units = units(layer.name(), magnitudes, membrane.thresholds(), membrane.mostUnits());
    boolean hasWindow = weights.shape().length > 2;
    return limit == null || !hasWindow
        ? make(layer, parameters, weights, membrane, units)
        : limit.fit(
            layer.name(),
            units,
            weights,
            membrane,
            parameters.containsKey(Synapse.BIAS),
            perChannel,
            input,
            coarser -> make(layer, parameters, weights, membrane, coarser));
  }

  private static IntegerNetwork.Layer make(
      BaseSpikingLayer layer,
      Map<String, INDArray> parameters,
      ChannelWeights weights,
      MembraneNumbers membrane,
      double[] units) {
    int channels = weights.channels();
    float[] recurrent = values(parameters.get(Recurrence.WEIGHT));
    IntegerNeuron neuron = neuron(layer.name(), membrane, units);
    int[] rounded = round(layer.name(), weights.values(), i -> units[weights.channel(i)]);
    return new IntegerNetwork.Layer(
        layer.getLayerName(),
        weights.shape(),
        rounded,
        // In both forms of recurrence the last axis is the target neuron.
        round(layer.name(), recurrent, i -> units[i % channels]),
        round(layer.name(), values(parameters.get(Synapse.BIAS)), c -> units[c]),
        units,
        neuron,
        explained(layer.name(), () -> membrane.completion().of(neuron, units)),
        signalToNoise(weights, rounded, units));
  }

  private static NeuronDynamics explained(String name, Supplier<NeuronDynamics> neuron) {
    try {
      return neuron.get();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  static ChannelWeights weights(BaseSpikingLayer layer, Map<String, INDArray> parameters) {
    if (layer instanceof SpikingPooling2D pooling) {
      Window2D window = pooling.getWindow();
      int rows = window.rows().kernel();
      int columns = window.columns().kernel();
      int channels = Math.toIntExact(pooling.getNIn());
      float[] average = new float[channels * rows * columns];
      Arrays.fill(average, 1f / (rows * columns));
      return ChannelWeights.of(new long[] {channels, 1, rows, columns}, average, 0);
    }
    return ChannelWeights.of(parameters.get(Synapse.WEIGHT), layer.outputAxis());
  }

  private static float[] values(INDArray parameter) {
    return parameter == null ? new float[0] : HostArrays.floats(parameter);
  }

  /** A layer that passes on currents, in units that others give. */
  static IntegerNetwork.Layer currents(
      BaseSpikingLayer layer, Map<String, INDArray> parameters, double[] units) {
    ChannelWeights weights = weights(layer, parameters);
    int[] rounded = round(layer.name(), weights.values(), i -> units[weights.channel(i)]);
    return new IntegerNetwork.Layer(
        layer.getLayerName(),
        weights.shape(),
        rounded,
        new int[0],
        round(layer.name(), values(parameters.get(Synapse.BIAS)), c -> units[c]),
        units,
        null,
        layer.getNeuron(),
        signalToNoise(weights, rounded, units));
  }

  /** Neurons that currents in given units charge one by one. */
  static IntegerNetwork.Layer charged(
      BaseSpikingLayer layer, Map<String, INDArray> parameters, double[] units) {
    float[] ones = Precision.singles(units);
    return make(
        layer,
        parameters,
        ChannelWeights.of(new long[] {ones.length, 1, 1, 1}, ones, 0),
        MembraneNumbers.of(layer, parameters, units.length),
        units);
  }

  /**
   * The value of an integer of 1, for every channel.
   *
   * @param magnitudes the largest weight of every channel
   * @param mostUnits the most units that a threshold may have
   */
  double[] units(String name, double[] magnitudes, double[] thresholds, double[] mostUnits) {
    int channels = thresholds.length;
    double[] units = new double[channels];
    for (int c = 0; c < channels; c++) {
      units[c] = unit(name, c, magnitudes[c], thresholds[c], mostUnits[c]);
    }
    equalise(units);
    return units;
  }

  /** Makes all units the largest one, if there is one per layer. */
  void equalise(double[] units) {
    if (!perChannel) {
      Arrays.fill(units, Arrays.stream(units).max().orElseThrow());
    }
  }

  /** The smallest unit that divides the threshold and in which the weights fit. */
  private double unit(
      String name, int channel, double magnitude, double threshold, double mostUnits) {
    if (!Double.isFinite(magnitude)) {
      throw new IllegalArgumentException(
          "%s: weights must be finite, got %s in channel %s. Possible cause: training diverged"
              .formatted(name, magnitude, channel));
    }
    int largest = (1 << bits - 1) - 1;
    if (mostUnits < 1) {
      throw new IllegalArgumentException(
          "%s: a spike must add at most %s thresholds to the adaptation, got more in channel %s"
              .formatted(name, IntegerAdLifNeuron.MOST_THRESHOLD, channel));
    }
    double most = Math.min(Math.min(LARGEST, (1 << thresholdBits) - 1.0), mostUnits);
    double multiple = magnitude == 0 ? most : Math.floor(threshold * largest / magnitude);
    if (multiple < 1) {
      throw new IllegalArgumentException(
          ("%s: the largest weight must be at most %s thresholds with %s bits, got %s in"
                  + " channel %s, whose threshold is %s. Use more bits")
              .formatted(name, largest, bits, magnitude, channel, threshold));
    }
    return threshold / Math.min(multiple, most);
  }

  private static double signalToNoise(ChannelWeights weights, int[] rounded, double[] units) {
    double signal = 0;
    double noise = 0;
    for (int i = 0; i < rounded.length; i++) {
      double weight = weights.values()[i];
      double error = weight - rounded[i] * units[weights.channel(i)];
      signal += weight * weight;
      noise += error * error;
    }
    return 10 * Math.log10(signal / noise);
  }

  private static int[] round(String name, float[] values, IntToDoubleFunction unit) {
    int[] rounded = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = round(name, values[i], unit.applyAsDouble(i));
    }
    return rounded;
  }

  private static int round(String name, double value, double unit) {
    double whole = Math.rint(value / unit);
    if (!(Math.abs(whole) <= LARGEST)) {
      throw new IllegalArgumentException(
          ("%s: biases, reset values and initial membranes must be at most %s units of %s,"
                  + " got %s. Possible cause: training diverged, or all weights of a channel are close"
                  + " to zero")
              .formatted(name, LARGEST, unit, value));
    }
    return (int) whole;
  }

  private static IntegerNeuron neuron(String name, MembraneNumbers membrane, double[] units) {
    int channels = units.length;
    int[] whole = new int[channels];
    int[] leaks = MembraneNumbers.parts(membrane.leaks());
    int[] resets = new int[channels];
    int[] initial = new int[channels];
    // If reaching the threshold is a spike, the threshold is one unit lower, or, where spikes
    // subtract it or it is a single unit, the membranes are one unit higher.
    int unit = membrane.firesAtThreshold() ? 1 : 0;
    boolean keepsThreshold = membrane.subtractive() || membrane.floored();
    for (int c = 0; c < channels; c++) {
      whole[c] = Math.max(1, round(name, membrane.thresholds()[c], units[c]));
      int lower = keepsThreshold || whole[c] == 1 ? 0 : unit;
      int higher = unit - lower;
      whole[c] -= lower;
      resets[c] = round(name, membrane.resetValues()[c], units[c]);
      resets[c] += membrane.subtractive() ? 0 : higher;
      initial[c] = higher + round(name, membrane.initial()[c], units[c]);
    }
    return new IntegerNeuron(
        MembraneNumbers.same(whole),
        MembraneNumbers.same(leaks),
        membrane.subtractive(),
        MembraneNumbers.same(resets),
        MembraneNumbers.same(initial),
        membrane.floored());
  }
}
