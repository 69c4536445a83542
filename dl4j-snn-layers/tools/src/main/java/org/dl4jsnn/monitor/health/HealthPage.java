package org.dl4jsnn.monitor.health;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.dl4jsnn.internal.chart.ChartStyle;
import org.dl4jsnn.internal.chart.Html;
import org.dl4jsnn.internal.chart.LineChart;
import org.dl4jsnn.internal.chart.Palette;

/** Reports as self-contained HTML: a table of the last epoch, and charts. */
public final class HealthPage {

  private static final String STYLE =
      """
      body{font:14px/1.5 sans-serif;margin:24px;color:#23282c;background:#fff}
      @media(max-width:600px){body{margin:10px}}
      """;

  private static final String HEAD =
      "<div class='wide'><table class='layers'><thead><tr><th>layer<th>rate, %<th>histogram of"
          + " rates<th>silent, %<th>saturated, %<th>slope<th>gradient<th>of loss,"
          + " %<th>additions<th>multiply-adds<th>energy, nJ<th>without spikes, nJ<th"
          + " class='words'>warnings</tr></thead><tbody>\n";

  private static final double PERCENT = 100;

  private static final String EPOCH = "epoch";

  private HealthPage() {}

  /**
   * {@return a self-contained page: HTML}
   *
   * @param epochs the reports, in order; may be empty
   */
  public static String of(List<EpochHealth> epochs) {
    return "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        + "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        + "<title>Health of spiking layers</title><style>"
        + STYLE
        + ChartStyle.CSS
        + "</style></head><body>\n<h1>Health of spiking layers</h1>\n"
        + (epochs.isEmpty()
            ? "<p>No epoch has ended yet.</p>\n"
            : "<p>" + summary(epochs) + "</p>\n" + table(epochs) + charts(epochs))
        + "</body></html>\n";
  }

  /**
   * {@return the caption of the table: a sentence, as HTML}
   *
   * @param epochs the reports, in order; at least one
   */
  public static String summary(List<EpochHealth> epochs) {
    EpochHealth last = last(epochs);
    return Html.text(
        "Epoch %d, iteration %,d; minibatches looked at: %d.",
        last.epoch(), last.iteration(), last.looks());
  }

  /**
   * {@return the last epoch's layers: a table for a page with the style of {@link ChartStyle}}
   *
   * @param epochs the reports, in order; at least one
   */
  public static String table(List<EpochHealth> epochs) {
    EpochHealth last = last(epochs);
    String note =
        "<p class='note'>Operations and energy are per sample. The energy is an estimate for "
            + "arithmetic only, without memory; a constant input current counts as one set of "
            + "multiply-adds.</p>\n";
    return rows(last) + (last.hasEnergy() ? note : "");
  }

  /**
   * Figures over the epochs.
   *
   * @param epochs the reports, in order; at least one
   * @return charts for a page with the style of {@link ChartStyle}; those without numbers are left
   *     out
   */
  public static String charts(List<EpochHealth> epochs) {
    return "<div class='charts'>"
        + chart(
            LineChart.linear("Mean firing rate, %", EPOCH, true),
            epochs,
            layer -> PERCENT * layer.rates().mean())
        + chart(
            LineChart.linear("Silent neurons, %", EPOCH, true),
            epochs,
            layer -> PERCENT * layer.rates().silent())
        + chart(
            LineChart.linear("Slope", EPOCH, false),
            epochs,
            layer -> layer.slope().orElse(Double.NaN))
        + chart(
            LineChart.logarithmic("Norm of the gradient", EPOCH),
            epochs,
            layer -> layer.gradientNorm().orElse(Double.NaN))
        + chart(
            LineChart.linear("Energy of a sample, nJ", EPOCH, true),
            epochs,
            layer ->
                HealthTable.inNanojoules(
                    layer.energy().map(LayerHealth.Energy::picojoules).orElse(Double.NaN)))
        + "</div>\n";
  }

  private static EpochHealth last(List<EpochHealth> epochs) {
    return epochs.get(epochs.size() - 1);
  }

  /** The report of an epoch: one row per layer, and one for all. */
  private static String rows(EpochHealth epoch) {
    StringBuilder table = new StringBuilder(HEAD);
    for (int i = 0; i < epoch.layers().size(); i++) {
      LayerHealth layer = epoch.layers().get(i);
      List<String> cells = new ArrayList<>(HealthTable.figures(layer));
      cells.add(1, RatesHistogram.svg(layer.rates()));
      table
          .append(
              Html.text(
                  "<tr><td><i class='mark' style='background:%s'></i>%s",
                  Palette.hex(i), Html.escaped(layer.layer())))
          .append("<td>")
          .append(String.join("<td>", cells))
          .append("<td class='words'>")
          .append(
              layer.conditions().stream()
                  .sorted()
                  .map(HealthPage::advice)
                  .collect(Collectors.joining("<br>")))
          .append("</tr>\n");
    }
    if (epoch.hasEnergy()) {
      table
          .append("<tr class='total'><td>all<td><td>")
          .append(String.join("<td>", HealthTable.totals(epoch)))
          .append("<td></tr>\n");
    }
    return table.append("</tbody></table></div>\n").toString();
  }

  private static String advice(LayerCondition condition) {
    return "<b>" + Html.escaped(condition.state()) + "</b>: " + Html.escaped(condition.cure());
  }

  /** A chart of the last epoch's layers; empty without numbers. */
  private static String chart(
      LineChart chart, List<EpochHealth> epochs, ToDoubleFunction<LayerHealth> figure) {
    List<LayerHealth> layers = epochs.get(epochs.size() - 1).layers();
    for (int i = 0; i < layers.size(); i++) {
      String name = layers.get(i).layer();
      List<Integer> numbers = new ArrayList<>();
      List<Double> values = new ArrayList<>();
      for (EpochHealth epoch : epochs) {
        epoch.layers().stream()
            .filter(layer -> layer.layer().equals(name))
            .forEach(
                layer -> {
                  numbers.add(epoch.epoch());
                  values.add(figure.applyAsDouble(layer));
                });
      }
      chart.add(name, Palette.hex(i), numbers, values);
    }
    return chart.html();
  }

  /** A layer's histogram of firing rates as SVG, over the range of its rates. */
  private static final class RatesHistogram {

    private static final int BAR_WIDTH = 12;
    private static final int HEIGHT = 30;
    private static final int LABELS = 13;

    private RatesHistogram() {}

    /** The highest bar uses the full height. */
    static String svg(LayerHealth.Rates rates) {
      List<Double> shares = rates.histogram();
      int width = BAR_WIDTH * shares.size();
      double highest = shares.stream().mapToDouble(Double::doubleValue).max().orElse(0);
      StringBuilder svg = new StringBuilder();
      svg.append(
          Html.text(
              "<svg class='histogram' role='img' aria-label='firing rates from 0 to %s'"
                  + " viewBox='0 0 %d %d' width='%d' height='%d'>",
              end(rates), width, HEIGHT + LABELS, width, HEIGHT + LABELS));
      for (int bin = 0; bin < shares.size(); bin++) {
        double height = highest > 0 ? shares.get(bin) / highest * (HEIGHT - 1) : 0;
        svg.append(
            Html.text(
                "<rect x='%d' width='%d' y='%.1f' height='%.1f'>"
                    + "<title>%.4g to %s: %.1f %% of the neurons</title></rect>",
                bin * BAR_WIDTH,
                BAR_WIDTH - 1,
                HEIGHT - 1 - height,
                height + 1,
                bin * rates.histogramTo() / shares.size(),
                bin == shares.size() - 1
                    ? "1"
                    : Html.text("%.4g", (bin + 1) * rates.histogramTo() / shares.size()),
                PERCENT * shares.get(bin)));
      }
      svg.append(Html.text("<text x='0' y='%d'>0</text>", HEIGHT + LABELS - 2));
      svg.append(
          Html.text(
              "<text class='end' x='%d' y='%d'>%s</text>", width, HEIGHT + LABELS - 2, end(rates)));
      return svg.append("</svg>").toString();
    }

    private static String end(LayerHealth.Rates rates) {
      return Html.text("%.3g", rates.histogramTo()).replaceAll("\\.?0+$", "");
    }
  }
}
