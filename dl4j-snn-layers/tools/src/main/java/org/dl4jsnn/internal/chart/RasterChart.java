package org.dl4jsnn.internal.chart;

import java.util.BitSet;
import java.util.List;

/** Spikes over time as a figure of a web page: one row per neuron, one dash per spike. */
public final class RasterChart {

  private static final int HEIGHT = 260;
  private static final int X_TICKS = 9;
  private static final int Y_TICKS = 6;

  /** The number of columns that the eye can tell apart; with more steps, several share a column. */
  private static final int MOST_COLUMNS = 360;

  /** Share of a step, and of a row, that a dash takes. */
  private static final double DASH = 0.75;

  private static final double THICKEST = 8;

  private RasterChart() {}

  /**
   * Draws spikes.
   *
   * @param title what is drawn
   * @param rows the steps, from 0, at which each neuron fired; the first neuron is at the bottom
   * @param steps time steps, at least 1
   * @return a {@code figure}
   */
  public static String html(String title, List<BitSet> rows, int steps) {
    Figure figure = new Figure(title, "time step", HEIGHT);
    figure.draw("<text class='middle' transform='translate(12 %.1f) rotate(-90)'>", figure.y(0.5));
    figure.draw("firing neuron</text>");
    figure.gridLine(0);
    // The middle of row i is at i; that of step i, likewise.
    ChartAxis neurons = new ChartAxis(0.5, rows.size() + 0.5, 1);
    if (!rows.isEmpty()) {
      for (double row : ChartAxis.whole(1, rows.size(), Y_TICKS).ticks()) {
        figure.yTick(neurons.share(row), Html.text("%,.0f", row));
      }
    }
    ChartAxis time = new ChartAxis(0.5, steps + 0.5, 1);
    for (double step : ChartAxis.whole(1, steps, X_TICKS).ticks()) {
      figure.xTick(time.share(step), Html.text("%.0f", step));
    }
    double height = figure.y(0) - figure.y(1.0 / Math.max(1, rows.size()));
    figure.draw(
        "<path class='spikes' stroke-width='%.2f' d='%s'/>",
        Math.min(THICKEST, DASH * height), dashes(figure, neurons, rows, steps));
    return figure.end("");
  }

  private static String dashes(Figure figure, ChartAxis neurons, List<BitSet> rows, int steps) {
    int columns = Math.min(steps, MOST_COLUMNS);
    double width = figure.x(1.0 / columns) - figure.x(0);
    StringBuilder path = new StringBuilder();
    for (int row = 0; row < rows.size(); row++) {
      double y = figure.y(neurons.share(row + 1));
      BitSet drawn = new BitSet(columns);
      rows.get(row).stream().forEach(step -> drawn.set((int) ((long) step * columns / steps)));
      drawn.stream()
          .forEach(
              column ->
                  path.append(
                      Html.text(
                          "M%.1f %.1fh%.1f",
                          figure.x((column + (1 - DASH) / 2) / columns), y, DASH * width)));
    }
    return path.toString();
  }
}
