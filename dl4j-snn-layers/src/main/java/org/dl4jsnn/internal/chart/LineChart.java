package org.dl4jsnn.internal.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines over whole numbers, such as epochs or time steps, as a figure of a web page: a title, a
 * legend, and an SVG as wide as the page allows. Where lines coincide, their dashes alternate, so
 * that each remains visible.
 */
public final class LineChart {

  /** Width of the drawing, in its own units. */
  static final int WIDTH = 440;

  /** Left of the drawing, where the numbers of the vertical axis are. */
  static final int LEFT = 56;

  private static final int HEIGHT = 220;
  private static final int RIGHT = 14;
  private static final int TOP = 10;
  private static final int BOTTOM = 40;
  private static final int X_TICKS = 9;

  /** The largest number of values at which each gets a dot. */
  private static final int MOST_DOTS = 30;

  private final String title;
  private final String unit;
  private final boolean logarithmic;
  private final boolean fromZero;
  private final List<Line> lines = new ArrayList<>();
  private boolean dotted = true;

  /** A line: its name, colour and points. */
  record Line(String name, String colour, List<Point> points) {}

  /** A point; in a logarithmic chart the value is a logarithm. */
  record Point(int x, double value) {}

  private LineChart(String title, String unit, boolean logarithmic, boolean fromZero) {
    this.title = title;
    this.unit = unit;
    this.logarithmic = logarithmic;
    this.fromZero = fromZero;
  }

  /**
   * A chart with a linear vertical axis.
   *
   * @param title what is drawn, with its unit
   * @param x name of the horizontal axis
   * @param fromZero whether 0 is on the vertical axis, whatever the values
   * @return the chart, without lines
   */
  public static LineChart linear(String title, String x, boolean fromZero) {
    return new LineChart(title, x, false, fromZero);
  }

  /**
   * A chart with a logarithmic vertical axis.
   *
   * @param title what is drawn, with its unit
   * @param x name of the horizontal axis
   * @return the chart, without lines
   */
  public static LineChart logarithmic(String title, String x) {
    return new LineChart(title, x, true, false);
  }

  /**
   * Leaves out the dots at the values of lines that have several.
   *
   * @return this
   */
  public LineChart withoutDots() {
    dotted = false;
    return this;
  }

  /**
   * Adds a line. Values that are not finite, and those that a logarithmic axis cannot show, are
   * left out.
   *
   * @param name its name in the legend
   * @param colour its colour, in CSS
   * @param x the places of the values
   * @param values the values, one for each place
   */
  public void add(String name, String colour, List<Integer> x, List<Double> values) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i);
      if (Double.isFinite(value) && (!logarithmic || value > 0)) {
        points.add(new Point(x.get(i), logarithmic ? Math.log10(value) : value));
      }
    }
    if (!points.isEmpty()) {
      lines.add(new Line(name, colour, points));
    }
  }

  /**
   * Draws it.
   *
   * @return a {@code figure}; empty if no line has a point
   */
  public String html() {
    if (lines.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<figure class='chart'><figcaption>");
    html.append(Html.escaped(title)).append("</figcaption>");
    html.append(svg()).append("<ul class='legend'>");
    for (Line line : lines) {
      html.append("<li><i style='background:").append(line.colour()).append("'></i>");
      html.append(Html.escaped(line.name())).append("</li>");
    }
    return html.append("</ul></figure>\n").toString();
  }

  private String svg() {
    List<Point> all = lines.stream().flatMap(line -> line.points().stream()).toList();
    double low = all.stream().mapToDouble(Point::value).min().orElseThrow();
    double high = all.stream().mapToDouble(Point::value).max().orElseThrow();
    ChartAxis axis =
        logarithmic
            ? ChartAxis.logarithmic(low, high)
            : ChartAxis.linear(
                fromZero ? Math.min(0, low) : low, fromZero ? Math.max(0, high) : high);
    int first = all.stream().mapToInt(Point::x).min().orElseThrow();
    int last = all.stream().mapToInt(Point::x).max().orElseThrow();
    StringBuilder svg = new StringBuilder();
    svg.append(
        Html.text(
            "<svg role='img' aria-label='%s' viewBox='0 0 %d %d'>",
            Html.escaped(title), WIDTH, HEIGHT));
    for (ChartAxis.Mark mark : axis.marks()) {
      double y = y(axis, mark.at());
      svg.append(
          Html.text(
              "<line class='grid' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/>"
                  + "<text class='end' x='%d' y='%.1f'>%s</text>",
              LEFT, WIDTH - RIGHT, y, y, LEFT - 7, y + 4, mark.label()));
    }
    for (int tick : RoundTicks.whole(first, last, X_TICKS)) {
      double x = x(first, last, tick);
      svg.append(
          Html.text(
              "<line class='grid' x1='%.1f' x2='%.1f' y1='%d' y2='%d'/>"
                  + "<text class='middle' x='%.1f' y='%d'>%d</text>",
              x, x, HEIGHT - BOTTOM, HEIGHT - BOTTOM + 4, x, HEIGHT - BOTTOM + 17, tick));
    }
    svg.append(
        Html.text(
            "<text class='middle' x='%d' y='%d'>%s</text>",
            (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, Html.escaped(unit)));
    // A single value has no line that could be seen.
    boolean dots = last == first || dotted && last - first < MOST_DOTS;
    new LinePainter(lines, svg, dots)
        .paint(point -> x(first, last, point.x()), point -> y(axis, point.value()));
    return svg.append("</svg>").toString();
  }

  /** A single number is in the middle. */
  private static double x(int first, int last, int x) {
    double share = last == first ? 0.5 : (double) (x - first) / (last - first);
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private static double y(ChartAxis axis, double value) {
    return HEIGHT - BOTTOM - axis.share(value) * (HEIGHT - TOP - BOTTOM);
  }
}
