package org.dl4jsnn.monitor.health;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.dl4jsnn.internal.chart.Html;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports as plain text: one line per layer, and one for all layers. */
final class HealthTable {

  private static final Logger LOG = LoggerFactory.getLogger(HealthTable.class);
  private static final int LEAST_WIDTH = 5;
  private static final double PERCENT = 100;
  private static final double PICOJOULES_A_NANOJOULE = 1000;

  private HealthTable() {}

  static void log(EpochHealth epoch) {
    if (LOG.isInfoEnabled()) {
      LOG.info("{}", of(epoch));
    }
  }

  static String of(EpochHealth epoch) {
    int width =
        epoch.layers().stream()
            .mapToInt(layer -> layer.layer().length())
            .reduce(LEAST_WIDTH, Math::max);
    String cells = "%n%-" + width + "s %7s %9s %12s %7s %9s %10s %13s %13s %10s %18s  %s";
    StringBuilder table = new StringBuilder();
    table.append(
        Html.text(
            "Epoch %d, iteration %,d, minibatches looked at: %d",
            epoch.epoch(), epoch.iteration(), epoch.looks()));
    List<String> names =
        List.of(
            "rate, %",
            "silent, %",
            "saturated, %",
            "slope",
            "gradient",
            "of loss, %",
            "additions",
            "multiply-adds",
            "energy, nJ",
            "without spikes, nJ");
    table.append(row(cells, "layer", names, "warnings"));
    for (LayerHealth layer : epoch.layers()) {
      String states =
          layer.conditions().stream()
              .sorted()
              .map(LayerCondition::state)
              .collect(Collectors.joining(", "));
      table.append(row(cells, layer.layer(), figures(layer), states));
    }
    if (epoch.hasEnergy()) {
      table.append(row(cells, "all", totals(epoch), ""));
    }
    return table.toString();
  }

  private static String row(String format, String name, List<String> figures, String last) {
    List<String> cells = new ArrayList<>(List.of(name));
    cells.addAll(figures);
    cells.add(last);
    return Html.text(format, cells.toArray()).stripTrailing();
  }

  /** A layer's figures for reading: ten, of which unknown ones are empty. */
  static List<String> figures(LayerHealth layer) {
    return List.of(
        percent(layer.rates().mean()),
        percent(layer.rates().silent()),
        percent(layer.rates().saturated()),
        small(layer.slope()),
        small(layer.gradientNorm()),
        layer.shareOfLoss().isEmpty() ? "" : percent(layer.shareOfLoss().getAsDouble()),
        energy(layer, energy -> whole(energy.additions())),
        energy(layer, energy -> whole(energy.multiplyAdds())),
        energy(layer, energy -> nanojoules(energy.picojoules())),
        energy(layer, energy -> nanojoules(energy.picojoulesWithoutSpikes())));
  }

  /** The same of all layers together. */
  static List<String> totals(EpochHealth epoch) {
    return List.of(
        "",
        "",
        "",
        "",
        "",
        "",
        whole(epoch.total(LayerHealth.Energy::additions)),
        whole(epoch.total(LayerHealth.Energy::multiplyAdds)),
        nanojoules(epoch.total(LayerHealth.Energy::picojoules)),
        nanojoules(epoch.total(LayerHealth.Energy::picojoulesWithoutSpikes)));
  }

  private static String energy(LayerHealth layer, Function<LayerHealth.Energy, String> figure) {
    return layer.energy().map(figure).orElse("");
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "" : Html.text("%.2f", PERCENT * share);
  }

  private static String small(OptionalDouble value) {
    return value.isEmpty() ? "" : Html.text("%.4g", value.getAsDouble());
  }

  private static String whole(double count) {
    return Html.text("%,.0f", count);
  }

  private static String nanojoules(double picojoules) {
    return Html.text("%,.1f", inNanojoules(picojoules));
  }

  static double inNanojoules(double picojoules) {
    return picojoules / PICOJOULES_A_NANOJOULE;
  }
}
