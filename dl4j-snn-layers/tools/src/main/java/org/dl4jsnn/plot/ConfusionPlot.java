package org.dl4jsnn.plot;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.dl4jsnn.internal.Require;
import org.dl4jsnn.internal.chart.ColourScale;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.style.HeatMapStyler;
import org.nd4j.evaluation.classification.ConfusionMatrix;
import org.nd4j.evaluation.classification.Evaluation;

/** How often samples of each class were classified as each class. */
final class ConfusionPlot {

  /** The largest number of classes with numbers written into the cells. */
  private static final int MOST_WITH_NUMBERS = 20;

  private static final int CELL = 40;
  private static final int SMALL_CELL = 8;
  private static final int AROUND = 130;

  private ConfusionPlot() {}

  static HeatMapChart of(Evaluation evaluation) {
    Require.given("evaluation", evaluation);
    ConfusionMatrix<Integer> matrix = evaluation.getConfusionMatrix();
    if (matrix == null || evaluation.getNumRowCounter() == 0) {
      throw new IllegalArgumentException("evaluation must hold at least one sample, got none");
    }
    List<Integer> classes = matrix.getClasses();
    int count = classes.size();
    List<Number[]> cells = new ArrayList<>();
    int most = 1;
    for (int x = 0; x < count; x++) {
      for (int y = 0; y < count; y++) {
        int samples = matrix.getCount(classes.get(count - 1 - y), classes.get(x));
        cells.add(new Number[] {x, y, samples});
        most = Math.max(most, samples);
      }
    }
    boolean numbers = count <= MOST_WITH_NUMBERS;
    int side = count * (numbers ? CELL : SMALL_CELL) + AROUND;
    HeatMapChart chart =
        new HeatMapChartBuilder()
            .width(side + AROUND)
            .height(side)
            .title("Confusion matrix")
            .xAxisTitle("predicted class")
            .yAxisTitle("true class")
            .build();
    style(chart.getStyler(), numbers, most);
    chart.addSeries("samples", names(classes, false), names(classes, true), cells);
    return chart;
  }

  private static void style(HeatMapStyler styler, boolean numbers, int most) {
    Charts.quiet(styler);
    styler.setValueFont(Charts.FONT);
    // Numbers are black, so the scale's dark end would be too dark.
    styler.setRangeColors(
        numbers ? new Color[] {Color.WHITE, Charts.SKY} : ColourScale.fromZero(most).colours());
    styler.setLegendVisible(!numbers);
    styler.setMin(0);
    styler.setMax(most);
    styler.setShowValue(numbers);
    styler.setHeatMapValueDecimalPattern("0");
    styler.setPlotContentSize(1);
    styler.setPlotGridLinesVisible(false);
    styler.setDrawBorder(true);
  }

  private static List<String> names(List<Integer> classes, boolean reversed) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < classes.size(); i++) {
      names.add(String.valueOf(classes.get(reversed ? classes.size() - 1 - i : i)));
    }
    return names;
  }
}
