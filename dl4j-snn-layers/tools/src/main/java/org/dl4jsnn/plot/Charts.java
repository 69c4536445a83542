package org.dl4jsnn.plot;

import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;

/** Empty charts in the style of all plots: white background, colours safe for colour blindness. */
public final class Charts {

  /** Width of charts over time, in pixels. */
  public static final int WIDTH = 860;

  /** Space left of the plot area, enough for the numbers of most axes. */
  private static final int LEFT = 70;

  /** Width of the plot area of charts over time, in pixels. */
  public static final int AREA_WIDTH = WIDTH - LEFT - 30;

  /** Pixels that charts over time leave free between the frame and the first and last step. */
  private static final double FREE = 4;

  /** The same at the left of long windows, where step 0, which does not exist, has a label. */
  private static final double LEAST_FREE = 3;

  /** Less than half a step: the axis begins after step 0. */
  private static final double NOT_ZERO = 0.49;

  private Charts() {}

  /**
   * {@return a chart: the chart, without series}
   *
   * @param width in pixels
   * @param height in pixels
   * @param title above it; empty for no title, which takes no space
   * @param x name of the x axis, with its unit
   * @param y name of the y axis, with its unit
   * @param legend the position of the legend
   */
  public static XYChart xy(
      int width, int height, String title, String x, String y, LegendPosition legend) {
    XYChart chart =
        new XYChartBuilder()
            .width(width)
            .height(height)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    XYStyler styler = chart.getStyler();
    styler.setLegendPosition(legend);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setSeriesColors(Colours.series());
    styler.setSeriesLines(Colours.lines());
    axesOnFrame(styler);
    return chart;
  }

  /**
   * A chart over the time steps 1 to T. {@link Plots#grid} aligns the axes of those with the same
   * T.
   *
   * @param title above it
   * @param height in pixels
   * @param y name of the y axis, with its unit
   * @param steps T
   * @return the chart, without series and legend
   */
  public static XYChart overTime(String title, int height, String y, int steps) {
    XYChart chart = xy(WIDTH, height, title, "time step", y, LegendPosition.InsideNE);
    XYStyler styler = chart.getStyler();
    styler.setLegendVisible(false);
    double pixel = (double) steps / AREA_WIDTH;
    styler.setXAxisMin(0.5 - Math.max(LEAST_FREE * pixel, Math.min(NOT_ZERO, FREE * pixel)));
    styler.setXAxisMax(steps + 0.5 + FREE * pixel);
    styler.setXAxisDecimalPattern("0");
    styler.setYAxisLeftWidthHint(LEFT);
    styler.setPlotContentSize(1);
    quietTitle(styler);
    return chart;
  }

  /**
   * Puts the ticks of the axes on the plot area's frame, which XChart draws beside its own axes.
   */
  static void axesOnFrame(AxesChartStyler styler) {
    styler.setAxisTicksLineVisible(false);
    styler.setPlotMargin(0);
  }

  /** Gives charts one range of their y-axes, that of all of them; returns the same charts. */
  static List<XYChart> sameRange(List<XYChart> charts) {
    double low = charts.stream().mapToDouble(c -> c.getStyler().getYAxisMin()).min().orElse(0);
    double high = charts.stream().mapToDouble(c -> c.getStyler().getYAxisMax()).max().orElse(0);
    charts.forEach(chart -> new AxisRange(low, high).applyToY(chart.getStyler()));
    return charts;
  }

  /** Makes the title as small as the axis titles, without a box. */
  static void quietTitle(XYStyler styler) {
    styler.setChartTitleFont(styler.getAxisTitleFont());
    styler.setChartTitleBoxVisible(false);
  }
}
