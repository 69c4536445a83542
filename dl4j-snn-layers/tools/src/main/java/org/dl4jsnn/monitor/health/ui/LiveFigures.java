package org.dl4jsnn.monitor.health.ui;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.chart.ColourScale;
import org.dl4jsnn.internal.chart.Html;
import org.dl4jsnn.internal.chart.LineChart;
import org.dl4jsnn.internal.chart.Palette;
import org.dl4jsnn.internal.chart.RasterChart;
import org.dl4jsnn.monitor.live.LiveSpikes;

/** A network's response to its sample, as part of a page. */
final class LiveFigures {

  private LiveFigures() {}

  /**
   * The part of the page, whose address queries are added to; shows the chosen layer, or the first
   * after the encoding if there is none of this name.
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

  /** Firing rates in space as a figure of a web page: one image per channel. */
  static final class RateImages {

    /** The approximate width of a map in pixels of the page. */
    private static final int SIDE = 84;

    private static final int RGB = 0xFFFFFF;

    private RateImages() {}

    static String html(String title, LiveSpikes.Layer.Maps maps) {
      ColourScale scale = ColourScale.of(maps.values());
      int pixel = Math.max(1, SIDE / maps.width());
      StringBuilder html = new StringBuilder("<figure class='chart whole'><figcaption>");
      html.append(Html.escaped(title)).append("</figcaption><div class='maps'>");
      for (int channel = 0; channel < maps.rates().size(); channel++) {
        html.append(
            Html.text(
                "<div>%d<img alt='firing rates of channel %d' width='%d' height='%d'"
                    + " src='%s'></div>",
                channel,
                channel,
                pixel * maps.width(),
                pixel * maps.height(),
                Html.address(image(maps.rates().get(channel), maps, scale))));
      }
      return html.append(
              Html.text(
                  "</div><p class='scale'>%s<i style='background:%s'></i>%.3g spikes per step</p>",
                  scale.min() == 0 ? "0" : Html.text("%.3g", scale.min()),
                  gradient(scale),
                  scale.max()))
          .append("</figure>\n")
          .toString();
    }

    /** The scale from left to right, as CSS writes it. */
    private static String gradient(ColourScale scale) {
      return Arrays.stream(scale.colours())
          .map(colour -> Html.text("#%06X", colour.getRGB() & RGB))
          .collect(Collectors.joining(",", "linear-gradient(90deg,", ")"));
    }

    private static BufferedImage image(
        List<Float> map, LiveSpikes.Layer.Maps maps, ColourScale scale) {
      BufferedImage image =
          new BufferedImage(maps.width(), maps.height(), BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < map.size(); i++) {
        image.setRGB(i % maps.width(), i / maps.width(), scale.rgb(map.get(i)));
      }
      return image;
    }
  }
}
