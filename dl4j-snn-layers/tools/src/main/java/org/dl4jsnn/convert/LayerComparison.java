package org.dl4jsnn.convert;

import java.util.Map;

/**
 * Gathers how closely the rates of a layer's neurons follow the activations that they represent.
 */
final class LayerComparison {

  private final ConvertedNetwork.Layer layer;
  private long count;
  private long positive;
  private long saturated;
  private long silent;
  private double activations;
  private double readings;
  private double activationSquares;
  private double readingSquares;
  private double products;
  private double errors;
  private double relativeErrors;

  LayerComparison(ConvertedNetwork.Layer layer) {
    this.layer = layer;
  }

  /**
   * Adds a minibatch: activations of the trained network and rates of the spiking one, by the names
   * of layers.
   */
  void add(Map<String, float[]> before, Map<String, float[]> after) {
    NeuronGroup group = layer.group();
    float[] rates = after.get(group.layer());
    group.each(
        before.get(group.stage().name()),
        (channel, index, value) -> add(value, rates[index], layer.scales()[channel]));
  }

  private void add(double activation, double rate, double scale) {
    double reading = rate * scale;
    count++;
    activations += activation;
    readings += reading;
    activationSquares += activation * activation;
    readingSquares += reading * reading;
    products += activation * reading;
    errors += Math.abs(reading - activation);
    relativeErrors += Math.abs(reading - activation) / scale;
    if (activation > 0) {
      positive++;
      saturated += rate >= 1 ? 1 : 0;
      silent += rate == 0 ? 1 : 0;
    }
  }

  ConversionReport.LayerRow report() {
    double covariance = products - activations * readings / count;
    double spread =
        Math.sqrt(
            (activationSquares - activations * activations / count)
                * (readingSquares - readings * readings / count));
    return new ConversionReport.LayerRow(
        layer.group().layer(),
        layer.group().channels(),
        layer.silentChannels(),
        spread > 0 ? covariance / spread : Double.NaN,
        errors / count,
        relativeErrors / count,
        share(saturated),
        share(silent));
  }

  private double share(long part) {
    return positive == 0 ? 0 : (double) part / positive;
  }
}
