package org.dl4jsnn.monitor.health;

import java.util.List;
import org.dl4jsnn.internal.chart.Html;

/** A layer's histogram of firing rates as SVG, over the range of its rates. */
final class RatesHistogram {

  private static final double PERCENT = 100;
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
