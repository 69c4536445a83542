package org.dl4jsnn.internal.chart;

/**
 * A figure of a web page in the making: a title, and an SVG as wide as the page allows. Places are
 * shares of the plot area, from 0 at the left and at the bottom to 1.
 */
final class Figure {

  private static final int WIDTH = 440;
  private static final int LEFT = 56;
  private static final int RIGHT = 14;
  private static final int TOP = 10;
  private static final int BOTTOM = 40;

  private final int bottom;
  private final StringBuilder html = new StringBuilder("<figure class='chart'><figcaption>");

  Figure(String title, String xName, int height) {
    bottom = height - BOTTOM;
    html.append(Html.escaped(title)).append("</figcaption>");
    draw(
        "<svg role='img' aria-label='%s' viewBox='0 0 %d %d'>", Html.escaped(title), WIDTH, height);
    String name = "<text class='middle' x='%.1f' y='%d'>%s</text>";
    draw(name, x(0.5), height - 6, Html.escaped(xName));
  }

  /** Appends a part of the SVG. */
  void draw(String format, Object... values) {
    html.append(Html.text(format, values));
  }

  double x(double share) {
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  double y(double share) {
    return bottom - share * (bottom - TOP);
  }

  void xTick(double share, String label) {
    draw("<path class='grid' d='M%.1f %dv4'/>", x(share), bottom);
    draw("<text class='middle' x='%.1f' y='%d'>%s</text>", x(share), bottom + 17, label);
  }

  void yTick(double share, String label) {
    draw("<text class='end' x='%d' y='%.1f'>%s</text>", LEFT - 7, y(share) + 4, label);
  }

  /** A horizontal line over the whole width. */
  void gridLine(double share) {
    draw("<path class='grid' d='M%d %.1fH%d'/>", LEFT, y(share), WIDTH - RIGHT);
  }

  /** The figure; HTML below the SVG comes last. */
  String end(String below) {
    return html + "</svg>" + below + "</figure>\n";
  }
}
