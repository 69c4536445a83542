package org.dl4jsnn.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.dl4jsnn.internal.Precision;
import org.dl4jsnn.monitor.SpikeRecording;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** State variables of neurons over the time steps, the membrane potential with its spikes. */
final class MembranePlot {

  private static final int HEIGHT = 200;
  private static final double MARGIN = 0.08;
  private static final int MARKER = 9;

  private MembranePlot() {}

  static XYChart of(SpikeRecording seen, String layer, int sample, int neuron) {
    float[] membrane = seen.membrane(layer, sample, neuron);
    boolean isFiring = seen.hasSpikes(layer);
    boolean[] fired = isFiring ? seen.fired(layer, sample, neuron) : new boolean[membrane.length];
    float[] thresholds = isFiring ? seen.threshold(layer, sample, neuron) : new float[0];
    List<Double> u = new ArrayList<>();
    List<Integer> spikeSteps = new ArrayList<>();
    List<Double> atSpikes = new ArrayList<>();
    for (int step = 0; step < membrane.length; step++) {
      u.add((double) membrane[step]);
      if (fired[step]) {
        spikeSteps.add(step + 1);
        atSpikes.add((double) membrane[step]);
      }
    }
    double[] values = FiniteValues.of("membrane potential", u);
    XYChart chart =
        Charts.overTime(
            title(layer, neuron, spikeSteps.size(), thresholds),
            HEIGHT,
            "potential",
            membrane.length);
    chart.getStyler().setMarkerSize(MARKER);
    if (isFiring) {
      addThreshold(chart, thresholds);
    }
    addTrace(chart, "membrane potential", u);
    if (!spikeSteps.isEmpty()) {
      XYSeries spikes = chart.addSeries("spikes", spikeSteps, atSpikes);
      spikes.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      spikes.setMarker(SeriesMarkers.CIRCLE);
      spikes.setMarkerColor(Charts.VERMILLION);
    }
    AxisRange.of(MARGIN, values, Precision.doubles(thresholds)).applyToY(chart.getStyler());
    return chart;
  }

  static List<XYChart> of(SpikeRecording seen, String layer, int sample, List<Integer> neurons) {
    return Charts.sameRange(
        neurons.stream().map(neuron -> of(seen, layer, sample, neuron.intValue())).toList());
  }

  /** Half a step longer than the window on both sides. */
  private static void addThreshold(XYChart chart, float[] thresholds) {
    List<Double> steps = new ArrayList<>(List.of(0.5));
    List<Double> values = new ArrayList<>(List.of((double) thresholds[0]));
    for (int step = 0; step < thresholds.length && !isConstant(thresholds); step++) {
      steps.add(step + 1.0);
      values.add((double) thresholds[step]);
    }
    steps.add(thresholds.length + 0.5);
    values.add((double) thresholds[thresholds.length - 1]);
    XYSeries line = chart.addSeries("threshold", steps, values);
    line.setMarker(SeriesMarkers.NONE);
    line.setLineColor(Charts.GREY);
    line.setLineStyle(Charts.stroke(1));
  }

  private static void addTrace(XYChart chart, String name, List<Double> values) {
    List<Integer> steps = IntStream.rangeClosed(1, values.size()).boxed().toList();
    XYSeries trace = chart.addSeries(name, steps, values);
    // A single step has no visible line.
    trace.setMarker(values.size() == 1 ? SeriesMarkers.SQUARE : SeriesMarkers.NONE);
    trace.setLineColor(Charts.BLUE);
    trace.setMarkerColor(Charts.BLUE);
  }

  private static boolean isConstant(float[] values) {
    return Arrays.equals(values, 1, values.length, values, 0, values.length - 1);
  }

  private static String title(String layer, int neuron, int spikes, float[] thresholds) {
    if (thresholds.length == 0) {
      return String.format(Locale.ROOT, "%s, neuron %d, which never fires", layer, neuron);
    }
    double least = DoubleStream.of(Precision.doubles(thresholds)).min().orElseThrow();
    double most = DoubleStream.of(Precision.doubles(thresholds)).max().orElseThrow();
    return String.format(
        Locale.ROOT,
        "%s, neuron %d: %d %s (dots), threshold %s (dashes)",
        layer,
        neuron,
        spikes,
        spikes == 1 ? "spike" : "spikes",
        least == most
            ? Float.toString((float) least)
            : String.format(Locale.ROOT, "%.3g to %.3g", least, most));
  }

  static XYChart ofVariable(
      SpikeRecording seen, String layer, String variable, int sample, int neuron) {
    List<Double> y = new ArrayList<>();
    for (float value : seen.variable(layer, variable, sample, neuron)) {
      y.add((double) value);
    }
    double[] values = FiniteValues.of(variable, y);
    String title = String.format(Locale.ROOT, "%s, neuron %d: %s", layer, neuron, variable);
    XYChart chart = Charts.overTime(title, HEIGHT, variable, values.length);
    addTrace(chart, variable, y);
    AxisRange.of(MARGIN, values).applyToY(chart.getStyler());
    return chart;
  }

  static List<XYChart> ofVariable(
      SpikeRecording seen, String layer, String variable, int sample, List<Integer> neurons) {
    return Charts.sameRange(
        neurons.stream()
            .map(n -> ofVariable(seen, layer, variable, sample, n.intValue()))
            .toList());
  }
}
