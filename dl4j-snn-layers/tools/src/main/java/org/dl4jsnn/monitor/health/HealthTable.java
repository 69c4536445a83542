package org.dl4jsnn.monitor.health;

import java.util.stream.Collectors;
import org.dl4jsnn.monitor.LayerCondition;

/** Reports as plain text: one line per layer, and one for all layers. */
public final class HealthTable {

  private static final int LEAST_WIDTH = 5;

  private HealthTable() {}

  /**
   * The table of an epoch.
   *
   * @param epoch the report
   * @return lines, without a line break at the end
   */
  public static String of(EpochHealth epoch) {
    int width =
        epoch.layers().stream()
            .mapToInt(layer -> layer.layer().length())
            .reduce(LEAST_WIDTH, Math::max);
    String cells = "%n%-" + width + "s %7s %9s %12s %7s %9s %10s %13s %13s %10s %18s  %s";
    StringBuilder table = new StringBuilder();
    table.append(
        ReadableFigures.text(
            "Epoch %d, iteration %,d, minibatches looked at: %d",
            epoch.epoch(), epoch.iteration(), epoch.looks()));
    table.append(
        row(
            cells,
            "layer",
            "rate, %",
            "silent, %",
            "saturated, %",
            "slope",
            "gradient",
            "of loss, %",
            "additions",
            "multiply-adds",
            "energy, nJ",
            "without spikes, nJ",
            "warnings"));
    for (LayerHealth layer : epoch.layers()) {
      table.append(
          row(
              cells,
              layer.layer(),
              ReadableFigures.percent(layer.rates().mean()),
              ReadableFigures.percent(layer.rates().silent()),
              ReadableFigures.percent(layer.rates().saturated()),
              ReadableFigures.small(layer.slope()),
              ReadableFigures.small(layer.gradientNorm()),
              ReadableFigures.percent(layer.shareOfLoss()),
              layer.energy().map(energy -> ReadableFigures.whole(energy.additions())).orElse(""),
              layer.energy().map(energy -> ReadableFigures.whole(energy.multiplyAdds())).orElse(""),
              layer
                  .energy()
                  .map(energy -> ReadableFigures.nanojoules(energy.picojoules()))
                  .orElse(""),
              layer
                  .energy()
                  .map(energy -> ReadableFigures.nanojoules(energy.picojoulesWithoutSpikes()))
                  .orElse(""),
              layer.conditions().stream()
                  .sorted()
                  .map(LayerCondition::state)
                  .collect(Collectors.joining(", "))));
    }
    if (epoch.hasEnergy()) {
      table.append(
          row(
              cells,
              "all",
              "",
              "",
              "",
              "",
              "",
              "",
              ReadableFigures.whole(epoch.total(LayerEnergy::additions)),
              ReadableFigures.whole(epoch.total(LayerEnergy::multiplyAdds)),
              ReadableFigures.nanojoules(epoch.total(LayerEnergy::picojoules)),
              ReadableFigures.nanojoules(epoch.total(LayerEnergy::picojoulesWithoutSpikes)),
              ""));
    }
    return table.toString();
  }

  private static String row(String format, Object... cells) {
    return ReadableFigures.text(format, cells).stripTrailing();
  }
}
