package org.dl4jsnn.plot;

import static org.dl4jsnn.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.knowm.xchart.HeatMapChart;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.factory.Nd4j;

@Timeout(60)
class ConfusionPlotTest {

  @Test
  void shouldPutTheFirstClassAtTheTop() {
    Evaluation evaluation = new Evaluation(3);
    evaluation.eval(0, 0);
    evaluation.eval(2, 0);
    evaluation.eval(0, 0);
    HeatMapChart chart = Plots.confusion(evaluation);
    assertEquals(List.of("0", "1", "2"), chart.getHeatMapSeries().getXData());
    assertEquals(List.of("2", "1", "0"), chart.getHeatMapSeries().getYData());
    int[][] samples = new int[3][3];
    for (Number[] cell : chart.getHeatMapSeries().getHeatData()) {
      samples[cell[0].intValue()][cell[1].intValue()] = cell[2].intValue();
    }
    // By predicted class, and by true class from below: of class 0 two were right.
    assertArrayEquals(new int[][] {{0, 0, 2}, {0, 0, 0}, {0, 0, 1}}, samples);
    Plots.image(chart);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 100})
  void shouldDrawAnyNumberOfClasses(int classes) {
    Evaluation evaluation = new Evaluation(classes);
    evaluation.eval(Nd4j.eye(classes), Nd4j.eye(classes));
    Plots.image(Plots.confusion(evaluation));
  }

  @Test
  void shouldRefuseAnEvaluationOfNothing() {
    assertRefused(
        "evaluation must hold at least one sample, got none",
        () -> Plots.confusion(new Evaluation(3)));
    assertRefused("evaluation must be given", () -> Plots.confusion(null));
  }
}
