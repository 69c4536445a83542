package org.dl4jsnn.internal.chart;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines over whole numbers, such as epochs or time steps, as a figure of a web page: a title, a
 * legend, and an SVG as wide as the page allows. A line is wider than later ones that it meets, so
 * that each remains visible.
 */
public final class LineChart {

  private static final int HEIGHT = 220;
  private static final int X_TICKS = 9;
  private static final int Y_TICKS = 5;
  private static final int MOST_DECADES = 5;

  /** The largest number of values at which each gets a dot. */
  private static final int MOST_DOTS = 30;

  /** How much wider a line is than a later one that it meets; less if many meet. */
  private static final double WIDER = 3;

  private static final double WIDEST = 12;

  private final String title;
  private final String x;
  private final boolean logarithmic;
  private final boolean fromZero;
  private final List<Line> lines = new ArrayList<>();
  private boolean dotted = true;

  private record Line(String name, String colour, List<Point> points) {}

  /** A point; in a logarithmic chart the value is a logarithm. */
  private record Point(int x, double value) {}

  private LineChart(String title, String x, boolean logarithmic, boolean fromZero) {
    this.title = title;
    this.x = x;
    this.logarithmic = logarithmic;
    this.fromZero = fromZero;
  }

  /**
   * {@return a chart with a linear vertical axis: the chart, without lines}
   *
   * @param title what is drawn, with its unit
   * @param x name of the horizontal axis
   * @param fromZero whether 0 is on the vertical axis, whatever the values
   */
  public static LineChart linear(String title, String x, boolean fromZero) {
    return new LineChart(title, x, false, fromZero);
  }

  /**
   * {@return a chart with a logarithmic vertical axis: the chart, without lines}
   *
   * @param title what is drawn, with its unit
   * @param x name of the horizontal axis
   */
  public static LineChart logarithmic(String title, String x) {
    return new LineChart(title, x, true, false);
  }

  /** {@return this, without dots at the values of lines that have several} */
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

  /** {@return a {@code figure}; empty if no line has a point} */
  public String html() {
    if (lines.isEmpty()) {
      return "";
    }
    List<Point> all = lines.stream().flatMap(line -> line.points().stream()).toList();
    ChartAxis vertical = vertical(all);
    ChartAxis horizontal =
        ChartAxis.whole(
            all.stream().mapToInt(Point::x).min().orElseThrow(),
            all.stream().mapToInt(Point::x).max().orElseThrow(),
            X_TICKS);
    Figure figure = new Figure(title, x, HEIGHT);
    for (double tick : vertical.ticks()) {
      figure.gridLine(vertical.share(tick));
      figure.yTick(vertical.share(tick), logarithmic ? power((int) tick) : vertical.label(tick));
    }
    for (double tick : horizontal.ticks()) {
      figure.xTick(horizontal.share(tick), Html.text("%.0f", tick));
    }
    double range = horizontal.high() - horizontal.low();
    // A single value has no line that could be seen.
    boolean dots = range == 0 || dotted && range < MOST_DOTS;
    for (int i = 0; i < lines.size(); i++) {
      draw(figure, lines.get(i), width(i), dots, horizontal, vertical);
    }
    return figure.end(
        lines.stream()
            .map(
                line ->
                    Html.text(
                        "<li><i style='background:%s'></i>%s</li>",
                        line.colour(), Html.escaped(line.name())))
            .collect(Collectors.joining("", "<ul class='legend'>", "</ul>")));
  }

  private ChartAxis vertical(List<Point> all) {
    double low = all.stream().mapToDouble(Point::value).min().orElseThrow();
    double high = all.stream().mapToDouble(Point::value).max().orElseThrow();
    if (logarithmic) {
      double first = Math.floor(low);
      double last = Math.max(first + 1, Math.ceil(high));
      return new ChartAxis(first, last, Math.ceil((last - first) / MOST_DECADES));
    }
    return ChartAxis.around(
        fromZero ? Math.min(0, low) : low, fromZero ? Math.max(0, high) : high, Y_TICKS);
  }

  private static String power(int exponent) {
    return Math.abs(exponent) > 3
        ? "1e" + exponent
        : BigDecimal.ONE.scaleByPowerOfTen(exponent).toPlainString();
  }

  /** The width of a line, which later ones lie on. */
  private double width(int line) {
    List<Point> points = lines.get(line).points();
    long meeting =
        lines.stream()
            .skip(line + 1L)
            .filter(later -> !Collections.disjoint(points, later.points()))
            .count();
    return 2 + meeting * Math.min(WIDER, WIDEST / lines.size());
  }

  private static void draw(
      Figure figure,
      Line line,
      double width,
      boolean dots,
      ChartAxis horizontal,
      ChartAxis vertical) {
    StringBuilder path = new StringBuilder();
    for (Point point : line.points()) {
      double x = figure.x(horizontal.share(point.x()));
      double y = figure.y(vertical.share(point.value()));
      path.append(Html.text("%s%.1f %.1f", path.isEmpty() ? "M" : "L", x, y));
      if (dots) {
        figure.draw(
            "<circle fill='%s' r='%.1f' cx='%.1f' cy='%.1f'/>",
            line.colour(), 1.5 + width / 2, x, y);
      }
    }
    figure.draw(
        "<path class='line' stroke='%s' stroke-width='%.1f' d='%s'/>", line.colour(), width, path);
  }
}
