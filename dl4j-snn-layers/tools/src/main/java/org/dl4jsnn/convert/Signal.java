package org.dl4jsnn.convert;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.dl4jsnn.spike.FeatureShape;

/**
 * The meaning of a spike train that a vertex makes: each channel of an activation is a weighted sum
 * of the rates of the train's channels, plus a constant (equation 70 of docs/mathematics.md). The
 * owner are the neurons whose rates these are, channel by channel; null if they come from more than
 * one layer.
 */
record Signal(String vertex, FeatureShape train, Reading[] channels, Stage owner) {

  /** How a channel is read: Σ factor · rate + shift, over channels of the train. */
  record Reading(int[] channels, double[] factors, double shift) {

    static Reading of(int channel, double factor) {
      return new Reading(new int[] {channel}, new double[] {factor}, 0);
    }

    Reading then(double factor, double added) {
      return new Reading(
          channels,
          Arrays.stream(factors).map(each -> factor * each).toArray(),
          factor * shift + added);
    }

    Reading moved(int places) {
      return new Reading(
          Arrays.stream(channels).map(channel -> channel + places).toArray(), factors, shift);
    }

    Reading plus(Reading other) {
      int own = channels.length;
      int[] all = Arrays.copyOf(channels, own + other.channels.length);
      double[] weights = Arrays.copyOf(factors, all.length);
      System.arraycopy(other.channels, 0, all, own, other.channels.length);
      System.arraycopy(other.factors, 0, weights, own, other.factors.length);
      return new Reading(all, weights, shift + other.shift);
    }
  }

  /** Rates of a layer's neurons, each scaled by its channel's scale. */
  static Signal ofNeurons(String vertex, FeatureShape train, double[] scales, Stage owner) {
    Reading[] readings = new Reading[scales.length];
    for (int channel = 0; channel < scales.length; channel++) {
      readings[channel] = Reading.of(channel, scales[channel]);
    }
    return new Signal(vertex, train, readings, owner);
  }

  /** The shape of the activation. */
  FeatureShape shape() {
    return train.spatial()
        ? FeatureShape.image(channels.length, train.height(), train.width())
        : FeatureShape.vector(channels.length);
  }

  Reading channel(int channel) {
    return channels[channel];
  }

  /** Whether any channel has a constant. */
  boolean isShifted() {
    return Arrays.stream(channels).anyMatch(reading -> reading.shift() != 0);
  }

  /** Whether every channel is the train's channel at the same index with a positive factor. */
  boolean isPlain() {
    for (int channel = 0; channel < channels.length; channel++) {
      Reading reading = channels[channel];
      if (reading.channels().length != 1
          || reading.channels()[0] != channel
          || reading.factors()[0] < 0) {
        return false;
      }
    }
    return channels.length == train.channels();
  }

  /** The same channels read from another train. */
  Signal through(String other, FeatureShape shape, UnaryOperator<Reading> change, Stage owned) {
    return new Signal(
        other, shape, Arrays.stream(channels).map(change).toArray(Reading[]::new), owned);
  }
}
