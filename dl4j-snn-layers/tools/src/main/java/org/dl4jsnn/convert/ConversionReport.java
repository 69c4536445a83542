package org.dl4jsnn.convert;

import java.util.List;
import java.util.Locale;

/**
 * How well a spiking network reproduces the trained network it was converted from.
 *
 * @param layers its layers of neurons, in execution order
 */
public record ConversionReport(List<LayerRow> layers) {

  private static final double PERCENT = 100;

  /** A table with one line per layer. */
  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    table.append("| layer | channels | silent channels | correlation | error | error / scale |");
    table.append(" saturated | never fired |\n");
    table.append("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for (LayerRow layer : layers) {
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %d | %d | %.4f | %.4f | %.4f | %.2f %% | %.2f %% |\n",
              layer.layer(),
              layer.channels(),
              layer.silentChannels(),
              layer.correlation(),
              layer.error(),
              layer.relativeError(),
              PERCENT * layer.saturated(),
              PERCENT * layer.silent()));
    }
    return table.toString();
  }

  /**
   * How closely the firing rates of a layer follow the activations that they represent, over all
   * neurons and samples.
   *
   * @param layer its name in the spiking network
   * @param channels the number of channels of the activation
   * @param silentChannels channels that were never above 0 on the calibration data; their scale is
   *     1
   * @param correlation between activation and rate · scale; NaN if one of them is constant
   * @param error mean of |rate · scale − activation|
   * @param relativeError mean of |rate − activation / scale|
   * @param saturated share of the activations above 0 whose neuron fired at every step
   * @param silent share of the activations above 0 whose neuron never fired
   */
  public record LayerRow(
      String layer,
      int channels,
      int silentChannels,
      double correlation,
      double error,
      double relativeError,
      double saturated,
      double silent) {}
}
