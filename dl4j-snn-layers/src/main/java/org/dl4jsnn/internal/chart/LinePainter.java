package org.dl4jsnn.internal.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Paints lines piece by piece. Pieces of several lines at the same place get dashes that fill each
 * other's gaps, and their dots become rings.
 */
final class LinePainter {

  private static final int DASH = 7;
  private static final double DOT = 2.5;
  private static final double RING = 2;

  /** How much larger than a dot the largest ring may be. */
  private static final double MOST_RINGS = 5;

  private final List<LineChart.Line> lines;
  private final StringBuilder svg;
  private final boolean dots;

  LinePainter(List<LineChart.Line> lines, StringBuilder svg, boolean dots) {
    this.lines = lines;
    this.svg = svg;
    this.dots = dots;
  }

  /** A place of the drawing, rounded to what the eye can tell apart. */
  private record Place(long x, long y) {}

  private record Piece(Place from, Place to) {}

  void paint(ToDoubleFunction<LineChart.Point> x, ToDoubleFunction<LineChart.Point> y) {
    Map<Piece, List<String>> pieces = new LinkedHashMap<>();
    Map<Place, List<String>> ends = new LinkedHashMap<>();
    for (LineChart.Line line : lines) {
      Place before = null;
      for (LineChart.Point point : line.points()) {
        Place place =
            new Place(Math.round(x.applyAsDouble(point)), Math.round(y.applyAsDouble(point)));
        ends.computeIfAbsent(place, any -> new ArrayList<>()).add(line.colour());
        if (before != null) {
          pieces
              .computeIfAbsent(new Piece(before, place), any -> new ArrayList<>())
              .add(line.colour());
        }
        before = place;
      }
    }
    pieces.forEach(this::piece);
    if (dots) {
      ends.forEach(this::dot);
    }
  }

  /** Dashes count from the left of the chart, so that they continue from piece to piece. */
  private void piece(Piece piece, List<String> colours) {
    for (int i = 0; i < colours.size(); i++) {
      String dashes =
          colours.size() == 1
              ? ""
              : Html.text(
                  " stroke-dasharray='%d %d' stroke-dashoffset='%d'",
                  DASH, DASH * (colours.size() - 1), piece.from().x() - (long) DASH * i);
      svg.append(
          Html.text(
              "<line class='line' stroke='%s' x1='%d' y1='%d' x2='%d' y2='%d'%s/>",
              colours.get(i),
              piece.from().x(),
              piece.from().y(),
              piece.to().x(),
              piece.to().y(),
              dashes));
    }
  }

  /** The largest ring first, so that the others lie on it. */
  private void dot(Place place, List<String> colours) {
    double ring = Math.min(RING, MOST_RINGS / colours.size());
    for (int i = 0; i < colours.size(); i++) {
      svg.append(
          Html.text(
              "<circle fill='%s' r='%.1f' cx='%d' cy='%d'/>",
              colours.get(i), DOT + ring * (colours.size() - 1 - i), place.x(), place.y()));
    }
  }
}
