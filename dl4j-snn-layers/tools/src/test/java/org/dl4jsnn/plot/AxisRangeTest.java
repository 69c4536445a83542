package org.dl4jsnn.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.XYChart;

/** XChart looks for ticks forever where their labels are equal. */
@Timeout(60)
class AxisRangeTest {

  @ParameterizedTest
  @ValueSource(
      doubles = {0, 1, -1, 1e-30, -1e-30, 1e30, 123456789.123, 1e-300, 1e300, 0.1, Float.MIN_VALUE})
  void shouldDrawConstantFigures(double value) {
    XYChart chart = Plots.learningCurves("figure", Map.of("one", List.of(value, value, value)));
    assertTrue(chart.getStyler().getYAxisMin() < value);
    assertTrue(chart.getStyler().getYAxisMax() > value);
    Plots.image(chart);
    Plots.image(Plots.learningCurves("figure", Map.of("one", List.of(value))));
    Plots.image(Plots.learningCurves("figure", Map.of("one", List.of(value, Math.nextUp(value)))));
    Plots.image(Plots.learningCurves("figure", Map.of("one", List.of(value, value * 1.01))));
    Plots.image(Plots.learningCurves("figure", Map.of("one", List.of(value, -value, 3))));
  }

  @Test
  void shouldLeaveAShareFree() {
    assertEquals(new AxisRange(-1, 11), AxisRange.of(0.1, new double[] {0, 3}, new double[] {10}));
    assertEquals(new AxisRange(-1, 1), AxisRange.of(0.1, new double[] {0, 0}));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 1e-4, 0.3, 1, 7, 1234, 5e8})
  void shouldLabelTicksDifferently(double span) {
    XYChart chart = Charts.overTime("", 200, "y", 3);
    new AxisRange(span, 2 * span).applyToY(chart.getStyler());
    Function<Double, String> labels = chart.getStyler().getyAxisTickLabelsFormattingFunction();
    Set<String> all = new HashSet<>();
    for (int tick = 0; tick <= 20; tick++) {
      all.add(labels.apply(span + tick * span / 20));
    }
    assertEquals(21, all.size());
    assertEquals("0", labels.apply(span / 1e6));
  }
}
