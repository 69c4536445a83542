package org.dl4jsnn.convert;

import java.util.List;
import java.util.Locale;

/**
 * How well a spiking network reproduces the trained network it was converted from.
 *
 * @param layers its layers of neurons, in execution order
 */
public record ConversionReport(List<LayerReport> layers) {

  private static final double PERCENT = 100;

  /**
   * Creates a report.
   *
   * @param layers its layers of neurons
   */
  public ConversionReport {
    layers = List.copyOf(layers);
  }

  /** A table with one line per layer. */
  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    table.append("| layer | channels | silent channels | correlation | error | error / scale |");
    table.append(" saturated | never fired |\n");
    table.append("| --- | --- | --- | --- | --- | --- | --- | --- |\n");
    for (LayerReport layer : layers) {
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
}
