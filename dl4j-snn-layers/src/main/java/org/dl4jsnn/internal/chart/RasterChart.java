package org.dl4jsnn.internal.chart;

import java.util.BitSet;
import java.util.List;

/** Spikes over time as a figure of a web page: one row per neuron, one dash per spike. */
public final class RasterChart {

  private static final int LEFT = LineChart.LEFT;
  private static final int RIGHT = 14;
  private static final int TOP = 10;
  private static final int BOTTOM = 40;
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
    StringBuilder html = new StringBuilder("<figure class='chart'><figcaption>");
    html.append(Html.escaped(title)).append("</figcaption>");
    html.append(
        Html.text(
            "<svg role='img' aria-label='%s' viewBox='0 0 %d %d'>",
            Html.escaped(title), LineChart.WIDTH, HEIGHT));
    int bottom = HEIGHT - BOTTOM;
    html.append(
        Html.text(
            "<path class='grid' fill='none' d='M%d %dV%dH%d'/>",
            LEFT, TOP, bottom, LineChart.WIDTH - RIGHT));
    double pitch = (double) (bottom - TOP) / Math.max(1, rows.size());
    if (!rows.isEmpty()) {
      for (int row : RoundTicks.whole(1, rows.size(), Y_TICKS)) {
        html.append(
            Html.text(
                "<text class='end' x='%d' y='%.1f'>%,d</text>",
                LEFT - 7, bottom - (row - 0.5) * pitch + 4, row));
      }
    }
    double width = (double) (LineChart.WIDTH - LEFT - RIGHT) / steps;
    for (int step : RoundTicks.whole(1, steps, X_TICKS)) {
      html.append(
          Html.text(
              "<text class='middle' x='%.1f' y='%d'>%d</text>",
              LEFT + (step - 0.5) * width, bottom + 17, step));
    }
    html.append(
        Html.text(
            "<text class='middle' transform='translate(12 %d) rotate(-90)'>firing neuron</text>",
            (TOP + bottom) / 2));
    html.append(
        Html.text(
            "<text class='middle' x='%d' y='%d'>time step</text>",
            (LEFT + LineChart.WIDTH - RIGHT) / 2, HEIGHT - 6));
    html.append(
        Html.text(
            "<path class='spikes' stroke-width='%.2f' d='%s'/>",
            Math.min(THICKEST, DASH * pitch), dashes(rows, steps, bottom, pitch)));
    return html.append("</svg></figure>\n").toString();
  }

  private static String dashes(List<BitSet> rows, int steps, int bottom, double pitch) {
    int columns = Math.min(steps, MOST_COLUMNS);
    double width = (double) (LineChart.WIDTH - LEFT - RIGHT) / columns;
    StringBuilder path = new StringBuilder();
    for (int row = 0; row < rows.size(); row++) {
      int drawn = -1;
      for (int step = rows.get(row).nextSetBit(0);
          step >= 0;
          step = rows.get(row).nextSetBit(step + 1)) {
        int column = (int) ((long) step * columns / steps);
        if (column > drawn) {
          drawn = column;
          path.append(
              Html.text(
                  "M%.1f %.1fh%.1f",
                  LEFT + (column + (1 - DASH) / 2) * width,
                  bottom - (row + 0.5) * pitch,
                  DASH * width));
        }
      }
    }
    return path.toString();
  }
}
