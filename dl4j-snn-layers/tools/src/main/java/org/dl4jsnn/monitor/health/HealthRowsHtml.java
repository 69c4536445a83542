package org.dl4jsnn.monitor.health;

import java.util.function.Function;
import java.util.stream.Collectors;
import org.dl4jsnn.internal.chart.Html;
import org.dl4jsnn.internal.chart.Palette;
import org.dl4jsnn.monitor.LayerCondition;

/** The report of an epoch as a table of a web page: one row per layer, and one for all. */
final class HealthRowsHtml {

  private static final String HEAD =
      "<div class='wide'><table class='layers'><thead><tr><th>layer<th>rate, %<th>histogram of rates"
          + "<th>silent, %<th>saturated, %<th>slope<th>gradient<th>of loss, %<th>additions"
          + "<th>multiply-adds<th>energy, nJ<th>without spikes, nJ<th class='words'>warnings"
          + "</tr></thead><tbody>\n";

  private final StringBuilder table = new StringBuilder(HEAD);

  private HealthRowsHtml() {}

  static String of(EpochHealth epoch) {
    HealthRowsHtml rows = new HealthRowsHtml();
    for (int i = 0; i < epoch.layers().size(); i++) {
      rows.layer(i, epoch.layers().get(i));
    }
    if (epoch.hasEnergy()) {
      rows.total(epoch);
    }
    return rows.table.append("</tbody></table></div>\n").toString();
  }

  private void layer(int index, LayerHealth layer) {
    table.append(
        Html.text(
            "<tr><td><i class='mark' style='background:%s'></i>%s",
            Palette.hex(index), Html.escaped(layer.layer())));
    cell(ReadableFigures.percent(layer.rates().mean()));
    cell(RatesHistogram.svg(layer.rates()));
    cell(ReadableFigures.percent(layer.rates().silent()));
    cell(ReadableFigures.percent(layer.rates().saturated()));
    cell(ReadableFigures.small(layer.slope()));
    cell(ReadableFigures.small(layer.gradientNorm()));
    cell(ReadableFigures.percent(layer.shareOfLoss()));
    cell(energy(layer, energy -> ReadableFigures.whole(energy.additions())));
    cell(energy(layer, energy -> ReadableFigures.whole(energy.multiplyAdds())));
    cell(energy(layer, energy -> ReadableFigures.nanojoules(energy.picojoules())));
    cell(energy(layer, energy -> ReadableFigures.nanojoules(energy.picojoulesWithoutSpikes())));
    table
        .append("<td class='words'>")
        .append(
            layer.conditions().stream()
                .sorted()
                .map(HealthRowsHtml::advice)
                .collect(Collectors.joining("<br>")))
        .append("</tr>\n");
  }

  private static String energy(LayerHealth layer, Function<LayerEnergy, String> figure) {
    return layer.energy().map(figure).orElse("");
  }

  private static String advice(LayerCondition condition) {
    return "<b>" + Html.escaped(condition.state()) + "</b>: " + Html.escaped(condition.cure());
  }

  private void total(EpochHealth epoch) {
    table.append("<tr class='total'><td>all<td><td><td><td><td><td><td>");
    cell(ReadableFigures.whole(epoch.total(LayerEnergy::additions)));
    cell(ReadableFigures.whole(epoch.total(LayerEnergy::multiplyAdds)));
    cell(ReadableFigures.nanojoules(epoch.total(LayerEnergy::picojoules)));
    cell(ReadableFigures.nanojoules(epoch.total(LayerEnergy::picojoulesWithoutSpikes)));
    table.append("<td></tr>\n");
  }

  private void cell(String content) {
    table.append("<td>").append(content);
  }
}
