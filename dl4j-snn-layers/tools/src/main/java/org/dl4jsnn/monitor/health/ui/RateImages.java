package org.dl4jsnn.monitor.health.ui;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.dl4jsnn.internal.chart.ColourScale;
import org.dl4jsnn.internal.chart.Html;
import org.dl4jsnn.monitor.live.LiveSpikes;

/** Firing rates in space as a figure of a web page: one image per channel. */
final class RateImages {

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
