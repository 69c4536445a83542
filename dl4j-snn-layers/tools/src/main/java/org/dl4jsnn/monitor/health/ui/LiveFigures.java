package org.dl4jsnn.monitor.health.ui;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.chart.Html;
import org.dl4jsnn.internal.chart.LineChart;
import org.dl4jsnn.internal.chart.Palette;
import org.dl4jsnn.internal.chart.RasterChart;
import org.dl4jsnn.monitor.live.LiveSpikes;

/** A network's response to its sample, as part of a page. */
final class LiveFigures {

  private LiveFigures() {}

  /**
   * The part of the page.
   *
   * @param chosen the name of the layer to show; null or an unknown name for the first after the
   *     encoding
   * @param address the page's address, to which a query is added
   */
  static String html(LiveSpikes seen, String chosen, String address) {
    List<LiveSpikes.Layer> layers = seen.layers();
    LiveSpikes.Layer layer =
        layers.stream()
            .filter(each -> each.name().equals(chosen))
            .findFirst()
            .orElse(layers.get(Math.min(1, layers.size() - 1)));
    StringBuilder html = new StringBuilder();
    html.append("<p id='answer'>").append(answer(seen)).append("</p>\n<div class='tabs'>");
    for (LiveSpikes.Layer each : layers) {
      html.append(
          Html.text(
              "<a href='%s?layer=%s'%s>%s</a>",
              address,
              Html.encoded(each.name()),
              each == layer ? " class='active' aria-current='true'" : "",
              Html.escaped(each.name())));
    }
    html.append("</div>\n<div class='charts'>").append(raster(layer));
    seen.decision().ifPresent(decision -> html.append(decision(decision)));
    layer.maps().ifPresent(maps -> html.append(RateImages.html(title(layer, maps), maps)));
    return html.append("</div>\n").toString();
  }

  private static String answer(LiveSpikes seen) {
    String sample =
        seen.label().isPresent() ? "A sample of class " + seen.label().getAsInt() : "A sample";
    Optional<LiveSpikes.Decision> decision = seen.decision();
    if (decision.isEmpty()) {
      return Html.text("%s after %,d minibatches.", sample, seen.iteration());
    }
    boolean right = seen.label().isPresent() && seen.label().getAsInt() == decision.get().answer();
    return Html.text(
        "%s after %,d minibatches: <b>answer %d</b>%s, from step %d of %d on.",
        sample,
        seen.iteration(),
        decision.get().answer(),
        seen.label().isEmpty() ? "" : right ? " (right)" : " (wrong)",
        decision.get().settled(),
        decision.get().classes().get(0).outputs().size());
  }

  private static String raster(LiveSpikes.Layer layer) {
    List<LiveSpikes.Layer.Row> rows = layer.rows();
    String some = rows.size() < layer.firing() ? Html.text(", %,d of them drawn", rows.size()) : "";
    return RasterChart.html(
        Html.text(
            "Spikes of %s, %s: %,d of %,d neurons fire%s",
            layer.name(), layer.shape(), layer.firing(), layer.neurons(), some),
        rows.stream().map(LiveSpikes.Layer.Row::spikes).toList(),
        layer.steps());
  }

  private static String decision(LiveSpikes.Decision decision) {
    LineChart chart =
        LineChart.linear("Decision: output of each class", "time step", false).withoutDots();
    List<LiveSpikes.Decision.OfClass> classes = decision.classes();
    for (int i = 0; i < classes.size(); i++) {
      List<Double> outputs = classes.get(i).outputs();
      chart.add(
          String.valueOf(classes.get(i).label()),
          Palette.hex(i),
          IntStream.rangeClosed(1, outputs.size()).boxed().toList(),
          outputs);
    }
    return chart.html();
  }

  private static String title(LiveSpikes.Layer layer, LiveSpikes.Layer.Maps maps) {
    int shown = maps.rates().size();
    String some = shown < maps.channels() ? Html.text(", %d of %d", shown, maps.channels()) : "";
    return "Firing rates of " + layer.name() + " by channel" + some;
  }
}
