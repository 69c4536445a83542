package org.dl4jsnn.plot;

import java.awt.Color;
import java.util.Locale;
import org.dl4jsnn.gradient.AccumulatedFlow;
import org.dl4jsnn.internal.Require;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The accumulated output of a layer's neurons against their accumulated input, one dot per neuron
 * and sample, and the line out ≈ k · in for in &gt; 0 with which ASF-BP approximates the layer
 * (equation 12 of docs/mathematics.md).
 */
final class FlowPlot {

  private static final int MOST_DOTS = 4000;
  private static final int DOT = 5;

  /** Lets some of the ground through, so that dots on each other look darker. */
  private static final Color DOTS = new Color(0x460072B2, true);

  private static final double MARGIN = 0.05;

  private FlowPlot() {}

  static XYChart of(String layer, AccumulatedFlow flow) {
    Require.given("flow", flow);
    double[] in = spread(FiniteValues.of("accumulated input", flow.in()));
    double[] out = spread(FiniteValues.of("accumulated output", flow.out()));
    XYChart chart = chart(layer, in.length, flow);
    addDots(chart, in, out);
    AxisRange.of(MARGIN, in, new double[] {0}).applyToX(chart.getStyler());
    AxisRange.of(MARGIN, out, new double[] {0}).applyToY(chart.getStyler());
    return chart;
  }

  static XYChart of(String layer, AccumulatedFlow flow, double slope) {
    Require.finite("slope", slope);
    XYChart chart = of(layer, flow);
    double left = chart.getStyler().getXAxisMin();
    double right = chart.getStyler().getXAxisMax();
    double top = chart.getStyler().getYAxisMax();
    // A steep line ends at the upper edge.
    double end = slope * right > top ? top / slope : right;
    XYSeries line =
        chart.addSeries(
            String.format(Locale.ROOT, "out = %.3g · in", slope),
            new double[] {left, 0, end},
            new double[] {0, 0, slope * end});
    line.setMarker(SeriesMarkers.NONE);
    line.setLineColor(Charts.VERMILLION);
    chart.getStyler().setLegendVisible(true);
    return chart;
  }

  private static XYChart chart(String layer, int dots, AccumulatedFlow flow) {
    String some =
        dots < flow.in().length()
            ? String.format(Locale.ROOT, ", %,d of %,d neurons", dots, flow.in().length())
            : "";
    XYChart chart =
        Charts.xy(
            Charts.HALF_WIDTH,
            Charts.HEIGHT,
            layer + some,
            "accumulated input current",
            "spikes in T = " + flow.steps() + " steps",
            LegendPosition.InsideNW);
    chart.getStyler().setLegendVisible(false);
    chart.getStyler().setMarkerSize(DOT);
    return chart;
  }

  private static void addDots(XYChart chart, double[] in, double[] out) {
    XYSeries dots = chart.addSeries("neurons", in, out);
    dots.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    dots.setMarker(SeriesMarkers.CIRCLE);
    dots.setMarkerColor(DOTS);
  }

  private static double[] spread(double[] values) {
    int count = Math.min(values.length, MOST_DOTS);
    double[] some = new double[count];
    for (int i = 0; i < count; i++) {
      some[i] = values[(int) ((long) i * values.length / count)];
    }
    return some;
  }
}
