package org.dl4jsnn.deploy;

import java.util.Arrays;
import java.util.function.Function;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.device.SpikeRange;
import org.dl4jsnn.internal.device.SumRange;
import org.dl4jsnn.neuron.IntegerNeuron;

/**
 * Makes the units of channels coarser until their membranes fit into some bits over a window,
 * whatever the input (equation 93 of docs/mathematics.md).
 *
 * @param bits of a membrane
 * @param steps of a window
 * @param features what the first layer reads behind {@code SpikeEncoding.direct}
 */
record MembraneLimit(int bits, int steps, FeatureRange features) {

  /** What a layer reads: spikes, or features times 2^fraction. */
  record Input(SpikeRange range, int fraction) {

    static final Input SPIKES = new Input(SpikeRange.BIT, 0);

    Input withRange(int least, int most) {
      return new Input(new SpikeRange(least, most), fraction);
    }
  }

  /** The features behind a gain. */
  Input input(double gain) {
    double scale = Math.scalb(gain, features.bits());
    return new Input(
        new SpikeRange(
            (int) Math.floor(scale * features.least()), (int) Math.ceil(scale * features.most())),
        features.bits());
  }

  private static final double EXACT = 1e-5;
  private static final int MOST_PARTS = 8;

  /**
   * The finest layer whose membranes fit.
   *
   * @param units as weights alone want them, one per channel
   * @param membrane what else is divided by units
   * @param make makes the layer of units
   */
  IntegerNetwork.Layer fit(
      String name,
      double[] units,
      ChannelWeights weights,
      MembraneNumbers membrane,
      boolean hasBias,
      boolean perChannel,
      Input input,
      Function<double[], IntegerNetwork.Layer> make) {
    double[] coarser = units.clone();
    if (!hasBias) {
      Arrays.setAll(coarser, c -> exact(units[c], membrane, weights, c));
    }
    while (true) {
      if (!perChannel) {
        Arrays.fill(coarser, Arrays.stream(coarser).max().orElseThrow());
      }
      IntegerNetwork.Layer layer = make.apply(coarser.clone());
      if (!(layer.dynamics() instanceof IntegerNeuron) || !coarsen(name, coarser, layer, input)) {
        return layer;
      }
    }
  }

  /**
   * A fraction of the only magnitude of a channel's weights as the unit, if nothing is rounded by
   * it: without a leak, and with a threshold, reset and initial membrane that are multiples of it.
   */
  private static double exact(
      double unit, MembraneNumbers membrane, ChannelWeights weights, int channel) {
    double magnitude = 0;
    for (int i = 0; i < weights.values().length; i++) {
      double here = weights.channel(i) == channel ? Math.abs(weights.values()[i]) : 0;
      if (here != 0 && magnitude != 0 && here != magnitude) {
        return unit;
      }
      magnitude = Math.max(magnitude, here);
    }
    double threshold = membrane.thresholds()[channel];
    boolean isRounded = membrane.leaks()[channel] != 1 || membrane.firesAtThreshold();
    for (int parts = 1; !isRounded && parts <= MOST_PARTS && magnitude / parts > unit; parts++) {
      double part = magnitude / parts;
      if (isMultiple(threshold, part)
          && isMultiple(membrane.resetValues()[channel], part)
          && isMultiple(membrane.initial()[channel], part)) {
        return threshold / Math.rint(threshold / part);
      }
    }
    return unit;
  }

  private static boolean isMultiple(double value, double unit) {
    return Math.abs(value / unit - Math.rint(value / unit)) < EXACT;
  }

  /** Whether a channel was too fine; its unit is then coarser. */
  private boolean coarsen(String name, double[] units, IntegerNetwork.Layer layer, Input input) {
    boolean found = false;
    for (int c = 0; c < units.length; c++) {
      double factor = coarser(name, layer, c, charge(layer, c, input), input.fraction());
      units[c] *= factor;
      found |= factor > 1;
    }
    return found;
  }

  /** What a step can add to a channel of a layer with windows. */
  static SumRange charge(IntegerNetwork.Layer layer, int channel, Input input) {
    int[] weights = layer.weights();
    int[] bias = layer.bias();
    int each = weights.length / layer.units().length;
    SumRange charge = SumRange.NOTHING;
    for (int i = channel * each; i < (channel + 1) * each; i++) {
      charge = charge.plus(weights[i], input.range());
    }
    charge = charge.times(Math.scalb(1.0, -input.fraction()));
    return charge.plus(bias.length == 0 ? 0 : bias[channel], SpikeRange.BIT);
  }

  /**
   * By how much a channel's unit must become coarser for its membranes to fit; 1 if they do.
   *
   * @param charge what a step can add
   * @param fraction bits behind the point
   */
  double coarser(
      String name, IntegerNetwork.Layer layer, int channel, SumRange charge, int fraction) {
    SumRange range = SumRange.of(layer.dynamics(), channel, charge, steps).times(1 << fraction);
    if (range.bytes() * Byte.SIZE <= bits) {
      return 1;
    }
    double limit = Math.scalb(1.0, bits - 1) - 1;
    double excess = Math.max(-range.least(), range.most()) / limit;
    int[] thresholds = layer.neuron().thresholds();
    int threshold = thresholds[thresholds.length == 1 ? 0 : channel];
    int fewer = (int) Math.min(threshold - 1.0, threshold / excess);
    Require.not(
        fewer < 1,
        "%s: membranes cannot fit into %s bits over %s steps. Use more bits or fewer steps",
        name,
        bits,
        steps);
    return (double) threshold / fewer;
  }
}
