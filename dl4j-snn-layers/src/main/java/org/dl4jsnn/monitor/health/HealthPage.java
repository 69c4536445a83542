package org.dl4jsnn.monitor.health;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.dl4jsnn.monitor.LayerCondition;

/** Reports as a page of HTML that needs nothing else: a table of the last epoch, and charts. */
public final class HealthPage {

  private static final double PERCENT = 100;
  private static final int BAR_WIDTH = 9;
  private static final int BAR_HEIGHT = 28;
  private static final String STYLE =
      """
      body{font:14px sans-serif;margin:24px;color:#222;background:#fff}
      table{border-collapse:collapse;margin:12px 0}
      th,td{padding:4px 10px;border-bottom:1px solid #ddd;text-align:right;vertical-align:bottom}
      th:first-child,td:first-child,td.words,th.words{text-align:left}
      td.words{max-width:34em;font-size:13px}
      .total td{font-weight:bold}
      .mark{display:inline-block;width:10px;height:10px;margin-right:6px}
      svg text{font:11px sans-serif;fill:#444}
      svg .title{font-size:13px;font-weight:bold;fill:#222}
      svg .end{text-anchor:end}
      svg .grid{stroke:#e4e4e4}
      svg polyline{fill:none;stroke-width:1.8}
      p{max-width:60em;color:#444}
      """;

  private HealthPage() {}

  /**
   * A page.
   *
   * @param epochs the reports, in order; may be empty
   * @return HTML
   */
  public static String of(List<EpochHealth> epochs) {
    return page("", epochs);
  }

  /**
   * A page that asks for itself anew.
   *
   * @param epochs the reports, in order; may be empty
   * @param seconds how often
   * @return HTML
   */
  public static String refreshing(List<EpochHealth> epochs, int seconds) {
    return page("<meta http-equiv='refresh' content='" + seconds + "'>", epochs);
  }

  private static String page(String head, List<EpochHealth> epochs) {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>")
        .append(head)
        .append("<title>Health of spiking layers</title><style>")
        .append(STYLE)
        .append("</style></head><body>\n<h1>Health of spiking layers</h1>\n");
    if (epochs.isEmpty()) {
      page.append("<p>No epoch has ended yet.</p>\n");
    } else {
      EpochHealth last = epochs.get(epochs.size() - 1);
      page.append(
          ReadableFigures.text(
              "<p>Epoch %d, iteration %,d; minibatches looked at: %d.</p>\n",
              last.epoch(), last.iteration(), last.looks()));
      table(page, last);
      charts(page, epochs, last);
    }
    return page.append("</body></html>\n").toString();
  }

  private static void table(StringBuilder page, EpochHealth epoch) {
    page.append(
        "<table><tr><th>layer<th>rate, %<th>rates from 0 to 1<th>silent, %<th>saturated, %"
            + "<th>slope<th>gradient<th>of loss, %<th>additions<th>multiply-adds<th>energy, nJ"
            + "<th>without spikes, nJ<th class='words'>warnings</tr>\n");
    for (int i = 0; i < epoch.layers().size(); i++) {
      row(page, i, epoch.layers().get(i));
    }
    if (epoch.hasEnergy()) {
      page.append("<tr class='total'><td>all<td><td><td><td><td><td><td>");
      cell(page, ReadableFigures.whole(epoch.total(LayerEnergy::additions)));
      cell(page, ReadableFigures.whole(epoch.total(LayerEnergy::multiplyAdds)));
      cell(page, ReadableFigures.nanojoules(epoch.total(LayerEnergy::picojoules)));
      cell(page, ReadableFigures.nanojoules(epoch.total(LayerEnergy::picojoulesWithoutSpikes)));
      page.append("<td></tr>\n");
    }
    page.append("</table>\n");
    if (epoch.hasEnergy()) {
      page.append(
          "<p>Operations and energy are of one sample. The energy is an estimate of arithmetic"
              + " alone, without memory; a constant input current counts as its multiply-adds,"
              + " once.</p>\n");
    }
  }

  private static void row(StringBuilder page, int index, LayerHealth layer) {
    page.append(
        ReadableFigures.text(
            "<tr><td><span class='mark' style='background:%s'></span>%s",
            HealthChart.colour(index), escaped(layer.layer())));
    cell(page, ReadableFigures.percent(layer.rates().mean()));
    cell(page, histogram(layer.rates().histogram()));
    cell(page, ReadableFigures.percent(layer.rates().silent()));
    cell(page, ReadableFigures.percent(layer.rates().saturated()));
    cell(page, ReadableFigures.small(layer.slope()));
    cell(page, ReadableFigures.small(layer.gradientNorm()));
    cell(page, ReadableFigures.percent(layer.shareOfLoss()));
    cell(page, layer.energy().map(energy -> ReadableFigures.whole(energy.additions())).orElse(""));
    cell(
        page,
        layer.energy().map(energy -> ReadableFigures.whole(energy.multiplyAdds())).orElse(""));
    cell(
        page,
        layer.energy().map(energy -> ReadableFigures.nanojoules(energy.picojoules())).orElse(""));
    cell(
        page,
        layer
            .energy()
            .map(energy -> ReadableFigures.nanojoules(energy.picojoulesWithoutSpikes()))
            .orElse(""));
    page.append("<td class='words'>")
        .append(
            layer.conditions().stream()
                .sorted()
                .map(HealthPage::advice)
                .collect(Collectors.joining("<br>")))
        .append("</tr>\n");
  }

  private static String advice(LayerCondition condition) {
    return "<b>" + escaped(condition.state()) + "</b>: " + escaped(condition.cure());
  }

  private static void cell(StringBuilder page, String content) {
    page.append("<td>").append(content);
  }

  private static String histogram(List<Double> shares) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        ReadableFigures.text(
            "<svg role='img' aria-label='histogram of rates' width='%d' height='%d'>",
            BAR_WIDTH * shares.size(), BAR_HEIGHT));
    for (int bin = 0; bin < shares.size(); bin++) {
      double height = shares.get(bin) * (BAR_HEIGHT - 1);
      svg.append(
          ReadableFigures.text(
              "<rect fill='#0072b2' x='%d' width='%d' y='%.1f' height='%.1f'>"
                  + "<title>%.1f to %.1f: %.1f %%</title></rect>",
              bin * BAR_WIDTH,
              BAR_WIDTH - 1,
              BAR_HEIGHT - 1 - height,
              height + 1,
              (double) bin / shares.size(),
              (bin + 1.0) / shares.size(),
              PERCENT * shares.get(bin)));
    }
    return svg.append("</svg>").toString();
  }

  private static void charts(StringBuilder page, List<EpochHealth> epochs, EpochHealth last) {
    chart(page, "mean firing rate, %", false, epochs, last, l -> PERCENT * l.rates().mean());
    chart(page, "silent neurons, %", false, epochs, last, l -> PERCENT * l.rates().silent());
    chart(page, "slope", false, epochs, last, l -> l.slope().orElse(Double.NaN));
    chart(
        page,
        "norm of the gradient (logarithmic)",
        true,
        epochs,
        last,
        l -> l.gradientNorm().orElse(Double.NaN));
    chart(
        page,
        "energy, nJ a sample",
        false,
        epochs,
        last,
        l ->
            ReadableFigures.inNanojoules(
                l.energy().map(LayerEnergy::picojoules).orElse(Double.NaN)));
  }

  private static void chart(
      StringBuilder page,
      String title,
      boolean logarithmic,
      List<EpochHealth> epochs,
      EpochHealth last,
      ToDoubleFunction<LayerHealth> figure) {
    HealthChart chart = new HealthChart(title, logarithmic);
    for (int i = 0; i < last.layers().size(); i++) {
      String name = last.layers().get(i).layer();
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
      chart.add(HealthChart.colour(i), numbers, values);
    }
    page.append(chart.svg());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }
}
