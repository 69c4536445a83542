package org.dl4jsnn.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.dl4jsnn.monitor.SpikeRecording;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A state variable of a neuron over the time steps, such as its adaptation or its synaptic current,
 * after charging and before firing.
 */
public final class StateVariablePlot {

  private static final int HEIGHT = 150;
  private static final double MARGIN = 0.08;

  private StateVariablePlot() {}

  /**
   * Draws a state variable of one neuron.
   *
   * @param seen a probe's recording of this neuron's membrane
   * @param layer the layer's name
   * @param variable the variable's name, one of {@link SpikeRecording#variables}
   * @param sample index of the sample
   * @param neuron index of the neuron in the order of arrays
   * @return the chart over time
   * @throws IllegalArgumentException if the membrane was not watched, there is no such variable, or
   *     a value is not finite
   */
  public static XYChart of(
      SpikeRecording seen, String layer, String variable, int sample, int neuron) {
    List<Double> y = new ArrayList<>();
    for (float value : seen.variable(layer, variable, sample, neuron)) {
      y.add((double) value);
    }
    double[] values = FiniteValues.of(variable, y);
    String title = String.format(Locale.ROOT, "%s, neuron %d: %s", layer, neuron, variable);
    XYChart chart = Charts.overTime(title, HEIGHT, variable, values.length);
    List<Integer> steps = IntStream.rangeClosed(1, values.length).boxed().toList();
    XYSeries trace = chart.addSeries(variable, steps, y);
    // A single step has no visible line.
    trace.setMarker(values.length == 1 ? SeriesMarkers.SQUARE : SeriesMarkers.NONE);
    trace.setLineColor(Colours.BLUE);
    trace.setMarkerColor(Colours.BLUE);
    AxisRange.of(MARGIN, values).applyToY(chart.getStyler());
    return chart;
  }

  /**
   * Draws a state variable of several neurons over one range, so that they can be compared.
   *
   * @param seen a probe's recording of these neurons' membranes
   * @param layer the layer's name
   * @param variable the variable's name, one of {@link SpikeRecording#variables}
   * @param sample index of the sample
   * @param neurons indices of the neurons in the order of arrays
   * @return a chart over time per neuron; {@link Plots#grid} combines them
   * @throws IllegalArgumentException if a membrane was not watched, there is no such variable, or a
   *     value is not finite
   */
  public static List<XYChart> of(
      SpikeRecording seen, String layer, String variable, int sample, List<Integer> neurons) {
    return Charts.sameRange(
        neurons.stream().map(n -> of(seen, layer, variable, sample, n.intValue())).toList());
  }
}
