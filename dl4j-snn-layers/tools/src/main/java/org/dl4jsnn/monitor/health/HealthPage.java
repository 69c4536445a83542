package org.dl4jsnn.monitor.health;

import java.util.List;
import org.dl4jsnn.internal.chart.ChartStyle;
import org.dl4jsnn.internal.chart.Html;

/** Reports as self-contained HTML: a table of the last epoch, and charts. */
public final class HealthPage {

  private static final String STYLE =
      """
      body{font:14px/1.5 sans-serif;margin:24px;color:#23282c;background:#fff}
      @media(max-width:600px){body{margin:10px}}
      """;

  private HealthPage() {}

  /**
   * A self-contained page.
   *
   * @param epochs the reports, in order; may be empty
   * @return HTML
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
   * The caption of the table.
   *
   * @param epochs the reports, in order; at least one
   * @return a sentence, as HTML
   */
  public static String summary(List<EpochHealth> epochs) {
    EpochHealth last = last(epochs);
    return Html.text(
        "Epoch %d, iteration %,d; minibatches looked at: %d.",
        last.epoch(), last.iteration(), last.looks());
  }

  /**
   * The last epoch's layers.
   *
   * @param epochs the reports, in order; at least one
   * @return a table for a page with the style of {@link ChartStyle}
   */
  public static String table(List<EpochHealth> epochs) {
    EpochHealth last = last(epochs);
    String note =
        "<p class='note'>Operations and energy are per sample. The energy is an estimate for "
            + "arithmetic only, without memory; a constant input current counts as one set of "
            + "multiply-adds.</p>\n";
    return HealthRowsHtml.of(last) + (last.hasEnergy() ? note : "");
  }

  /**
   * Figures over the epochs.
   *
   * @param epochs the reports, in order; at least one
   * @return charts for a page with the style of {@link ChartStyle}; those without numbers are left
   *     out
   */
  public static String charts(List<EpochHealth> epochs) {
    return "<div class='charts'>" + String.join("", HealthCharts.of(epochs)) + "</div>\n";
  }

  private static EpochHealth last(List<EpochHealth> epochs) {
    return epochs.get(epochs.size() - 1);
  }
}
