package org.dl4jsnn.monitor.health;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A line for every layer over the epochs, as SVG. */
final class HealthChart {

  /** Colours that most people can tell apart (Okabe and Ito). */
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

  private static final int WIDTH = 460;
  private static final int HEIGHT = 240;
  private static final int LEFT = 62;
  private static final int RIGHT = 12;
  private static final int TOP = 28;
  private static final int BOTTOM = 36;
  private static final int TICKS = 4;
  private static final double LARGE = 1e4;
  private static final double HUNDRED = 100;
  private static final double SMALL = 1e-2;

  private final String title;
  private final boolean logarithmic;
  private final List<Line> lines = new ArrayList<>();

  private record Line(String colour, List<Point> points) {}

  private record Point(int epoch, double value) {}

  /** A chart; values that a logarithmic one cannot show are left out. */
  HealthChart(String title, boolean logarithmic) {
    this.title = title;
    this.logarithmic = logarithmic;
  }

  /** The colour of a layer in every chart. */
  static String colour(int layer) {
    return COLOURS.get(layer % COLOURS.size());
  }

  /** Adds a line; values that are not finite are left out. */
  void add(String colour, List<Integer> epochs, List<Double> values) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i);
      if (Double.isFinite(value) && (!logarithmic || value > 0)) {
        points.add(new Point(epochs.get(i), logarithmic ? Math.log10(value) : value));
      }
    }
    lines.add(new Line(colour, points));
  }

  /** The chart; empty if it has nothing to show. */
  String svg() {
    List<Point> all = lines.stream().flatMap(line -> line.points().stream()).toList();
    if (all.isEmpty()) {
      return "";
    }
    double low = all.stream().mapToDouble(Point::value).min().orElseThrow();
    double high = all.stream().mapToDouble(Point::value).max().orElseThrow();
    if (!logarithmic) {
      low = Math.min(0, low);
    }
    if (high == low) {
      high = low + 1;
    }
    int first = all.stream().mapToInt(Point::epoch).min().orElseThrow();
    int last = all.stream().mapToInt(Point::epoch).max().orElseThrow();
    StringBuilder svg = new StringBuilder();
    svg.append(
        ReadableFigures.text(
            "<svg role='img' aria-label='%s' viewBox='0 0 %d %d' width='%d' height='%d'>"
                + "<text class='title' x='%d' y='16'>%s</text>",
            title, WIDTH, HEIGHT, WIDTH, HEIGHT, LEFT, title));
    axis(svg, low, high);
    svg.append(
        ReadableFigures.text("<text x='%d' y='%d'>%d</text>", LEFT, HEIGHT - BOTTOM + 16, first));
    svg.append(
        ReadableFigures.text(
            "<text class='end' x='%d' y='%d'>epoch %d</text>",
            WIDTH - RIGHT, HEIGHT - BOTTOM + 16, last));
    double from = low;
    double to = high;
    UnaryOperator<Double> y =
        value -> HEIGHT - BOTTOM - (value - from) / (to - from) * (HEIGHT - TOP - BOTTOM);
    UnaryOperator<Double> x =
        epoch -> LEFT + (epoch - first) / Math.max(1, last - first) * (WIDTH - LEFT - RIGHT);
    lines.forEach(line -> line(svg, line, x, y));
    return svg.append("</svg>\n").toString();
  }

  private void axis(StringBuilder svg, double low, double high) {
    for (int tick = 0; tick <= TICKS; tick++) {
      double share = (double) tick / TICKS;
      double y = HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
      double value = low + share * (high - low);
      svg.append(
          ReadableFigures.text(
              "<line class='grid' x1='%d' x2='%d' y1='%.1f' y2='%.1f'/>"
                  + "<text class='end' x='%d' y='%.1f'>%s</text>",
              LEFT,
              WIDTH - RIGHT,
              y,
              y,
              LEFT - 6,
              y + 4,
              number(logarithmic ? Math.pow(10, value) : value)));
    }
  }

  private static void line(
      StringBuilder svg, Line line, UnaryOperator<Double> x, UnaryOperator<Double> y) {
    svg.append(ReadableFigures.text("<polyline stroke='%s' points='", line.colour()));
    for (Point point : line.points()) {
      svg.append(
          ReadableFigures.text(
              "%.1f,%.1f ", x.apply((double) point.epoch()), y.apply(point.value())));
    }
    svg.append("'/>");
    for (Point point : line.points()) {
      svg.append(
          ReadableFigures.text(
              "<circle fill='%s' r='2.5' cx='%.1f' cy='%.1f'/>",
              line.colour(), x.apply((double) point.epoch()), y.apply(point.value())));
    }
  }

  private static String number(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size >= LARGE || size < SMALL)) {
      return ReadableFigures.text("%.1e", value);
    }
    return ReadableFigures.text(size >= HUNDRED ? "%,.0f" : "%.3g", value);
  }
}
