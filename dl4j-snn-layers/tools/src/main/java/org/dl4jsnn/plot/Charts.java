package org.dl4jsnn.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.chart.Palette;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The style of all plots: empty charts on white with quiet axes, lines that differ in colour,
 * dashes and marker, and canvases for images. Sizes are in units of {@link #SCALE} pixels.
 */
public final class Charts {

  /** Pixels of an image per unit, so that it is sharp on dense screens. */
  public static final int SCALE = 2;

  /** Width of charts over time, in units. */
  public static final int WIDTH = 860;

  /** Width of one of two charts side by side, in units. */
  public static final int HALF_WIDTH = WIDTH / 2;

  /** Height of a chart that shares its row, in units. */
  public static final int HEIGHT = 340;

  /**
   * Letters of all plots. XChart measures texts unscaled, and in this size they are as wide as when
   * they are drawn.
   */
  public static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont(13.5f);

  /** Colour of letters. */
  public static final Color TEXT = new Color(0x333333);

  /** Colour of frames and of ticks. */
  public static final Color FRAME = new Color(0xC4C4C4);

  static final Color BLUE = Palette.colour(0);
  static final Color VERMILLION = Palette.colour(1);
  static final Color SKY = Palette.colour(5);
  static final Color GREY = new Color(0x808080);

  private static final Color GRID = new Color(0xE9E9E9);
  private static final Color SEE_THROUGH = new Color(0xD8FFFFFF, true);
  private static final int MARKER = 7;

  /** More points than this are a line without markers. */
  private static final int MOST_MARKED = 15;

  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE,
    SeriesMarkers.DIAMOND,
    SeriesMarkers.SQUARE,
    SeriesMarkers.TRIANGLE_UP,
    SeriesMarkers.TRIANGLE_DOWN
  };

  /** Lengths of dashes and of the gaps behind them; the first line is solid. */
  private static final float[][] DASHES = {null, {8, 4}, {2, 3}, {9, 3, 2, 3}, {14, 4}};

  /** Space left of the plot area, enough for the numbers of most axes. */
  private static final int LEFT = 76;

  /** Width of the plot area of charts over time, in units. */
  public static final int AREA_WIDTH = WIDTH - LEFT - 30;

  /** Units that charts over time leave free between the frame and the first and last step. */
  private static final double FREE = 4;

  /** The same at the left of long windows, where step 0, which does not exist, has a label. */
  private static final double LEAST_FREE = 3;

  /** Less than half a step: the axis begins after step 0. */
  private static final double NOT_ZERO = 0.49;

  private Charts() {}

  /**
   * {@return a chart: the chart, without series}
   *
   * @param width in units
   * @param height in units
   * @param title above it; empty for no title, which takes no space
   * @param x name of the x axis, with its unit
   * @param y name of the y axis, with its unit
   * @param legend the position of the legend; below the chart it is one row
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
    quiet(styler);
    styler.setLegendPosition(legend);
    if (legend == LegendPosition.OutsideS) {
      oneRow(styler);
    }
    styler.setSeriesColors(
        IntStream.range(0, Palette.SIZE).mapToObj(Palette::colour).toArray(Color[]::new));
    styler.setSeriesLines(
        IntStream.range(0, DASHES.length).mapToObj(Charts::stroke).toArray(BasicStroke[]::new));
    styler.setMarkerSize(MARKER);
    return chart;
  }

  /** Puts the legend below the chart, in one row. */
  static void oneRow(XYStyler styler) {
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendPadding(8);
  }

  /** Makes axes, title and legend of a chart small and pale. */
  static void quiet(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setChartFontColor(TEXT);
    styler.setChartTitleFont(FONT);
    styler.setChartTitleBoxVisible(false);
    styler.setAxisTitleFont(FONT);
    styler.setAxisTickLabelsFont(FONT);
    styler.setAxisTickLabelsColor(TEXT);
    styler.setAxisTickMarksColor(FRAME);
    styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
    styler.setPlotBorderColor(FRAME);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setLegendFont(FONT);
    styler.setLegendBackgroundColor(SEE_THROUGH);
    styler.setLegendBorderColor(SEE_THROUGH);
    styler.setLegendPadding(5);
    styler.setLegendSeriesLineLength(28);
    // The ticks of the axes on the plot area's frame, which XChart draws beside its own axes.
    styler.setAxisTicksLineVisible(false);
    styler.setPlotMargin(0);
  }

  /**
   * Adds a line that differs from those before it in colour, in dashes and, if it has few points,
   * in the shape of its markers.
   *
   * @param chart where to
   * @param name its name in the legend
   * @param x its points
   * @param y its points
   * @return the line
   */
  public static XYSeries line(
      XYChart chart, String name, List<? extends Number> x, List<? extends Number> y) {
    int before = chart.getSeriesMap().size();
    XYSeries line = chart.addSeries(name, x, y);
    Color colour = Palette.colour(before);
    line.setLineColor(colour);
    line.setMarkerColor(colour);
    line.setLineStyle(stroke(before));
    line.setMarker(x.size() > MOST_MARKED ? SeriesMarkers.NONE : MARKERS[before % MARKERS.length]);
    return line;
  }

  /** The line of a series: solid, then dashed in several ways. */
  static BasicStroke stroke(int series) {
    return new BasicStroke(
        2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES[series % DASHES.length], 0);
  }

  /** The line of the series that matters most. */
  static BasicStroke bold() {
    return new BasicStroke(4, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
  }

  /**
   * A chart over the time steps 1 to T. {@link Plots#grid} aligns the axes of those with the same
   * T.
   *
   * @param title above it
   * @param height in units
   * @param y name of the y axis, with its unit
   * @param steps T
   * @return the chart, without series and legend
   */
  public static XYChart overTime(String title, int height, String y, int steps) {
    XYChart chart = xy(WIDTH, height, title, "time step", y, LegendPosition.InsideNE);
    XYStyler styler = chart.getStyler();
    styler.setLegendVisible(false);
    double unit = (double) steps / AREA_WIDTH;
    styler.setXAxisMin(0.5 - Math.max(LEAST_FREE * unit, Math.min(NOT_ZERO, FREE * unit)));
    styler.setXAxisMax(steps + 0.5 + FREE * unit);
    styler.setXAxisDecimalPattern("0");
    styler.setYAxisLeftWidthHint(LEFT);
    styler.setPlotContentSize(1);
    return chart;
  }

  /** Gives charts one range of their y-axes, that of all of them; returns the same charts. */
  static List<XYChart> sameRange(List<XYChart> charts) {
    double low = charts.stream().mapToDouble(c -> c.getStyler().getYAxisMin()).min().orElse(0);
    double high = charts.stream().mapToDouble(c -> c.getStyler().getYAxisMax()).max().orElse(0);
    charts.forEach(chart -> new AxisRange(low, high).applyToY(chart.getStyler()));
    return charts;
  }

  /**
   * {@return a white image}
   *
   * @param width in units
   * @param height in units
   */
  public static BufferedImage canvas(int width, int height) {
    BufferedImage image =
        new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.dispose();
    return image;
  }

  /**
   * {@return a pen that draws in units, with the letters and the colour of plots}
   *
   * @param image the canvas, for instance of {@link #canvas}
   */
  public static Graphics2D pen(BufferedImage image) {
    Graphics2D graphics = image.createGraphics();
    graphics.scale(SCALE, SCALE);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(FONT);
    graphics.setColor(TEXT);
    return graphics;
  }
}
